import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type CsvColumn, writeCsv } from './write-csv.ts';

/** Answers with rows as a file, as fast as it is taken; whoever goes away ends the reading. */
export const sendCsv = async <Row>(
  response: ServerResponse,
  filename: string,
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row>,
): Promise<void> => {
  response.writeHead(200, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${filename}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  // A mistake of ours ends the connection, so that nobody takes half for the whole.
  await pipeline(...writeCsv(columns, rows), response).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
};

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
