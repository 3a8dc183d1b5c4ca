import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { guardCell } from './formula-cells.ts';

/** A column by its name, and how a row says what stands in it; null is an empty cell. */
export type CsvColumn<Row> = { readonly name: string; readonly write: (row: Row) => string | null };

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark, for spreadsheets), for a pipeline: as fast as it is read. No cell is a
 * formula.
 */
export const writeCsv = <Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row>,
): [Readable, ReturnType<typeof stringify>] => [
  Readable.from(cellsOf(columns, rows)),
  stringify({ bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ }),
];

const cellsOf = async function* <Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row>,
): AsyncGenerator<string[]> {
  yield columns.map(({ name }) => name);
  for await (const row of rows) yield columns.map(({ write }) => guardCell(write(row) ?? ''));
};
