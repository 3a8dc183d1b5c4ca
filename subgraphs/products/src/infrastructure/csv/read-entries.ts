import type { Position } from '../../application/imports/import-ports.ts';
import { differentFile } from './file-error.ts';
import { type Group, openGroup } from './group-rows.ts';
import type { CsvRecord } from './read-records.ts';
import { type RowReader, readRows } from './read-row.ts';

type From = Pick<Position, 'lastRow' | 'chain'>;

/**
 * Streams what a file says after the row where an import stopped, a product at a time. When the file ends in a mistake, the
 * product whose rows may not all have been read is left out: it is read when the file is sent again.
 */
export const readEntries = async function* (
  records: AsyncIterable<CsvRecord>,
  from: From,
): AsyncGenerator<Group> {
  let reader: RowReader | null = null;
  let last = 0;
  const groups = gather();
  for await (const record of records) {
    last = record.row;
    reader ??= readRows(record.cells);
    if (last === from.lastRow && record.chain !== from.chain) throw differentFile(last);
    if (last > Math.max(from.lastRow, 1) && !isEmptyLine(record)) yield* groups.add(record, reader);
  }
  if (last < from.lastRow) throw differentFile(from.lastRow);
  yield* groups.end();
  // A file without a first row.
  if (!reader) readRows([]);
};

const isEmptyLine = ({ cells }: CsvRecord): boolean => cells.length === 1 && cells[0] === '';

/** Rows in, products out, each when its last row is known. */
const gather = () => {
  let group: ReturnType<typeof openGroup> | null = null;
  const close = (): Group[] => {
    const closed = group ? [group.close()] : [];
    group = null;
    return closed;
  };
  return {
    add: ({ row, cells, chain, bytes }: CsvRecord, reader: RowReader): Group[] => {
      const read = reader.read(cells);
      const ready = read.ok && read.key !== group?.key ? close() : [];
      group ??= openGroup(read.ok ? read.key : null);
      group.add({ row, sku: reader.skuIn(cells) }, read, { lastRow: row, chain, bytes });
      // Without a key a row is a product of its own.
      return group.key === null || group.isFull() ? [...ready, ...close()] : ready;
    },
    end: close,
  };
};
