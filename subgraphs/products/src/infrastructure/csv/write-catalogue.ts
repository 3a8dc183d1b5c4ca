import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { columns, type Exported } from './columns.ts';
import { guardCell } from './formula-cells.ts';

/** The products as CSV (RFC 4180, UTF-8 with a byte order mark, for spreadsheets), for a pipeline: as fast as it is read. */
export const writeCatalogue = (
  exported: AsyncIterable<Exported>,
): [Readable, ReturnType<typeof stringify>] => [
  Readable.from(rowsOf(exported)),
  stringify({ bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ }),
];

const rowsOf = async function* (exported: AsyncIterable<Exported>): AsyncGenerator<string[]> {
  yield columns.map(({ name }) => name);
  for await (const each of exported) yield columns.map(({ write }) => guardCell(write(each) ?? ''));
};
