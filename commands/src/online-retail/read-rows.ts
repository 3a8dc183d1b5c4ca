import { createReadStream, existsSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import Big from 'big.js';
import { CsvError, parse } from 'csv-parse';
import { CommandError } from '../terminal/command-error.ts';

/** One line of one invoice, as the file has it. */
export type Row = {
  readonly invoice: string;
  readonly code: string;
  readonly description: string;
  readonly quantity: number;
  /** Exact, in pounds; a few have more than two decimals. */
  readonly price: Big;
  /** Empty for a guest. */
  readonly customer: string;
  readonly country: string;
  /** In milliseconds since 1970. */
  readonly at: number;
};

const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;
type Column = (typeof columns)[number];
/** What the marketplace takes: a row beyond it is told by its line, before anything is written. */
const highestQuantity = 1_000_000;
const longestTitle = 200;

type Record = { readonly [column in Column]: string };

/**
 * Streams the rows of a UCI Online Retail file, plain or gzipped. Throws a CommandError: FILE_NOT_FOUND, MISSING_COLUMNS,
 * NO_ROWS, BAD_ROW, TRUNCATED_FILE or NOT_CSV. `onBytes` hears how much of the file was read.
 */
export const readRows = async function* (
  file: string,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Row> {
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new CommandError(
      'FILE_NOT_FOUND',
      `There is no file ${file}. Give the path of a .csv or .csv.gz file.`,
    );
  }
  const source = createReadStream(file);
  source.on('data', (chunk) => onBytes(chunk.length));
  let header: string[] = [];
  let rows = 0;
  const readHeader = (names: string[]): string[] => {
    header = names;
    return checkHeader(names);
  };
  const csv = parse({ bom: true, columns: readHeader, info: true });
  // A stage that fails destroys the others with its error, so that the loop below throws it.
  pipeline(file.endsWith('.gz') ? [source, createGunzip(), csv] : [source, csv], () => {});
  try {
    for await (const { record, info } of csv as AsyncIterable<{
      record: Record;
      info: { lines: number };
    }>) {
      rows += 1;
      yield toRow(record, info.lines);
    }
    // A file without a first line never shows one.
    checkHeader(header);
    if (rows === 0)
      throw new CommandError('NO_ROWS', `${file} has column names and no row. Nothing was imported.`);
  } catch (error) {
    throw explain(error, file);
  } finally {
    source.destroy();
  }
};

const checkHeader = (header: string[]): string[] => {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new CommandError(
      'MISSING_COLUMNS',
      `The file lacks ${missing.join(', ')}. Its first line must name ${columns.join(', ')}.`,
    );
  }
  return header;
};

const toRow = (record: Record, line: number): Row => {
  const bad = (column: Column, wanted: string) =>
    new CommandError(
      'BAD_ROW',
      `Line ${line}: ${column} "${record[column].slice(0, 40)}" is not ${wanted}. Nothing was imported; mend the file.`,
    );
  if (!/^-?\d{1,9}$/.test(record.Quantity) || Math.abs(Number(record.Quantity)) > highestQuantity)
    throw bad('Quantity', `a whole number from -${highestQuantity} to ${highestQuantity}`);
  if (!/^-?\d{1,9}(\.\d{1,6})?$/.test(record.UnitPrice))
    throw bad('UnitPrice', 'a decimal number with at most nine digits before its point');
  if (record.InvoiceNo === '') throw bad('InvoiceNo', 'an invoice number');
  if (record.StockCode.trim() === '') throw bad('StockCode', 'a stock code');
  if ([...record.Description.trim()].length > longestTitle || /\p{Cc}/u.test(record.Description.trim()))
    throw bad('Description', `a title of at most ${longestTitle} printable characters`);
  const at = Date.parse(record.InvoiceDate);
  if (Number.isNaN(at)) throw bad('InvoiceDate', 'a date and time such as 2010-12-01 08:26:00');
  return {
    invoice: record.InvoiceNo,
    // The file writes some codes both ways: 85123A and 85123a are one product.
    code: record.StockCode.trim().toUpperCase(),
    description: record.Description.trim().replace(/\s+/g, ' '),
    quantity: Number(record.Quantity),
    price: new Big(record.UnitPrice),
    customer: record.CustomerID.replace(/\.0$/, ''),
    country: record.Country,
    at,
  };
};

const explain = (error: unknown, file: string): unknown => {
  const code = (error as { code?: string }).code;
  if (error instanceof CsvError) {
    return new CommandError(
      'NOT_CSV',
      `${file} is not CSV as expected: ${error.message}. Nothing was imported.`,
    );
  }
  if (code === 'Z_BUF_ERROR') {
    return new CommandError(
      'TRUNCATED_FILE',
      `${file} ends in the middle. Nothing was imported; fetch the file again.`,
    );
  }
  if (code?.startsWith('Z_'))
    return new CommandError('NOT_GZIP', `${file} is not a gzip file. Nothing was imported.`);
  return error;
};
