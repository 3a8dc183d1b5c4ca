import { unguardCell } from '@emporium/csv';
import { readMoney } from '@emporium/subgraph';
import type { FileCode, RowProblem } from '../../application/imports/import-ports.ts';
import type { NewProduct } from '../../application/new-product.ts';
import { priceProblem } from '../../domain/product-limits.ts';
import { type Column, columns, type RowSays, type SaidOfProduct, type SaidOfVariant } from './columns.ts';
import { FileError } from './file-error.ts';

export type Variant = NewProduct['variants'][number];

/** What a row says, or why it says nothing that can be offered. */
export type RowRead =
  | {
      readonly ok: true;
      readonly key: string | null;
      readonly product: SaidOfProduct;
      readonly variant: Variant;
    }
  | { readonly ok: false; readonly problem: RowProblem };

export type RowReader = {
  readonly read: (cells: readonly string[]) => RowRead;
  /** As far as it can be told, to name the row by. */
  readonly skuIn: (cells: readonly string[]) => string;
};

/** Reads rows by the names of the columns, in whatever order they are; a FileError when the names are not ours. */
export const readRows = (header: readonly string[]): RowReader => {
  const names = header.map((cell) => cell.trim().toLowerCase());
  const present = names.map((name, index) => columnOf(name, names.indexOf(name) !== index));
  for (const { name, isRequired } of columns)
    if (isRequired && !names.includes(name)) throw headerError('MISSING_COLUMN', name, `lacks "${name}"`);
  return {
    read: (cells) => readRow(present, cells),
    skuIn: (cells) =>
      [...(cells[names.indexOf('sku')]?.trim() ?? '')].slice(0, 64).join('').replaceAll('\0', ''),
  };
};

const columnOf = (name: string, isTwice: boolean): Column => {
  const column = columns.find((known) => known.name === name);
  const shown = name.slice(0, 40).replaceAll(/\p{Cc}/gu, '\uFFFD');
  if (!column) throw headerError('UNKNOWN_COLUMN', shown, `names "${shown}", which is no column`);
  if (isTwice) throw headerError('DUPLICATE_COLUMN', shown, `names "${shown}" twice`);
  return column;
};

const headerError = (code: FileCode, field: string, what: string) =>
  new FileError({
    code,
    row: 1,
    field,
    message: `The first row ${what}. It names columns, with commas between, in UTF-8: ${columns.map(({ name }) => name).join(', ')}.`,
  });

const refused = (code: RowProblem['code'], field: string | null, message: string): RowRead => ({
  ok: false,
  // A message may quote the cell, and Postgres takes no NUL.
  problem: { code, field, message: message.replaceAll(/\p{Cc}/gu, '\uFFFD') },
});

const readRow = (present: readonly Column[], cells: readonly string[]): RowRead => {
  if (cells.length !== present.length)
    return refused(
      'WRONG_CELL_COUNT',
      present[cells.length]?.name ?? null,
      `The row has ${cells.length} cells, and the first row names ${present.length} columns.`,
    );
  const says: RowSays = { key: null, product: {}, variant: {} };
  for (const [index, { name, read }] of present.entries()) {
    const cell = cells[index] ?? '';
    if (cell.includes('\uFFFD'))
      return refused('NOT_UTF8', name, 'The text is not UTF-8. Save the file as UTF-8.');
    const problem = read(unguardCell(cell), says);
    if (problem !== null) return refused('BAD_VALUE', name, problem);
  }
  return priced(says);
};

/** The columns that are required have been read. */
const priced = ({ key, product, variant }: RowSays): RowRead => {
  const { amount, currency, ...rest } = variant as SaidOfVariant;
  try {
    const price = readMoney({ amount, currency }, 'price');
    const problem = priceProblem(price);
    if (problem !== null) return refused('BAD_VALUE', 'price', problem);
    return { ok: true, key, product, variant: { ...rest, price } };
  } catch (error) {
    return refused('BAD_VALUE', 'price', (error as Error).message);
  }
};
