import { createHash } from 'node:crypto';
import { CsvError, parse } from 'csv-parse';
import { type FileCode, mostImportBytes, mostImportRows } from '../../application/imports/import-ports.ts';
import { FileError } from './file-error.ts';

/** A record of the file: its row as a spreadsheet counts, from 1, and the hash of the file up to it. */
export type CsvRecord = {
  readonly row: number;
  readonly cells: readonly string[];
  readonly chain: string;
  readonly bytes: number;
};

/** A stray quote would make one cell of all that follows. */
const largestRecord = 4 * 1024 * 1024;

/**
 * Streams the records of a file; those before a mistake come before its FileError. No more than one chunk of the file, and
 * what is in it, is held.
 */
export const readRecords = async function* (
  file: AsyncIterable<Uint8Array>,
  { mostRows = mostImportRows, mostBytes = mostImportBytes } = {},
): AsyncGenerator<CsvRecord> {
  let ready: CsvRecord[] = [];
  let header: readonly string[] = [];
  let [row, bytes, chain] = [0, 0, ''];
  const parser = parse({
    bom: true,
    relax_column_count: true,
    max_record_size: largestRecord,
    on_record: (cells: string[], info) => {
      row += 1;
      if (row === 1) header = cells;
      // As JSON, so that no two rows are alike that differ in where their cells end.
      chain = createHash('sha256').update(chain).update(JSON.stringify(cells)).digest('base64url');
      ready.push({ row, cells, chain, bytes: info.bytes });
      return undefined;
    },
  });
  parser.resume();
  const failed = new Promise<never>((_resolve, reject) => parser.once('error', reject));
  failed.catch(() => undefined);

  /** What is read so far, then the mistake, if there was one. */
  const drain = async function* (step: Promise<unknown>): AsyncGenerator<CsvRecord> {
    const mistake = await Promise.race([step, failed]).then(
      () => null,
      (error: unknown) => error,
    );
    const records = ready;
    ready = [];
    for (const record of records) {
      if (record.row > mostRows + 1) throw tooMany(mostRows, record.row);
      yield record;
    }
    if (mistake) throw explain(mistake, row + 1, header);
  };

  for await (const chunk of file) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge(mostBytes, row + 1);
    yield* drain(writing(parser, chunk));
  }
  yield* drain(
    new Promise<void>((resolve) => {
      parser.once('end', () => resolve());
      parser.end();
    }),
  );
};

const writing = (parser: ReturnType<typeof parse>, chunk: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()));
  });

const tooMany = (most: number, row: number) =>
  new FileError({
    code: 'TOO_MANY_ROWS',
    row,
    field: null,
    message: `A file has at most ${most} rows. Send the rest as a file of its own.`,
  });

const tooLarge = (most: number, row: number) =>
  new FileError({
    code: 'FILE_TOO_LARGE',
    row,
    field: null,
    message: `A file has at most ${most} bytes. Send the rest as a file of its own.`,
  });

const meanings: Readonly<Record<string, { readonly code: FileCode; readonly message: string }>> = {
  CSV_QUOTE_NOT_CLOSED: {
    code: 'ENDS_IN_QUOTES',
    message: 'The file ends within quotes: it was cut, or a quote is missing.',
  },
  CSV_INVALID_CLOSING_QUOTE: {
    code: 'BAD_QUOTES',
    message:
      'After a closing quote comes a comma or the end of the row. Double a quote that is part of a text.',
  },
  INVALID_OPENING_QUOTE: {
    code: 'BAD_QUOTES',
    message: 'A quote stands in a cell without quotes. Quote the whole cell, and double the quote.',
  },
  CSV_MAX_RECORD_SIZE: {
    code: 'ROW_TOO_LARGE',
    message: `A row has at most ${largestRecord} characters; perhaps a closing quote is missing.`,
  },
};

const explain = (error: unknown, row: number, header: readonly string[]): unknown => {
  const meaning = error instanceof CsvError ? meanings[error.code] : undefined;
  if (!meaning) return error;
  const { column, index } = error as unknown as { readonly column?: unknown; readonly index?: unknown };
  const place = typeof column === 'number' ? column : Number(index);
  return new FileError({ ...meaning, row, field: header[place] ?? null });
};
