/** The columns of a file of products: a line for each says how it is written, and how it is read. */
import type { Money } from '@emporium/domain';
import { CurrencyCodeScalar, DecimalScalar, showMoney } from '@emporium/subgraph';
import type { NewProduct } from '../../application/new-product.ts';
import {
  type Problem,
  type Specification,
  specificationsOf,
  specificationsProblem,
  tagsOf,
  tagsProblem,
} from '../../domain/details.ts';
import {
  named,
  type OptionValue,
  optionsProblem,
  optionValuesOf,
  optionValuesProblem,
} from '../../domain/options.ts';
import type { ProductStatus } from '../../domain/product.ts';
import { descriptionProblem, skuProblem, titleProblem } from '../../domain/product-limits.ts';
import { readList, readPairs, writeList, writePairs } from './list-cells.ts';

/** A variant and its product, as they are written. */
export type Exported = {
  readonly product: {
    readonly slug: string;
    readonly title: string;
    readonly description: string | null;
    readonly categorySlug: string | null;
    readonly status: ProductStatus;
    readonly tags: readonly string[];
    readonly specifications: readonly Specification[];
    readonly options: readonly string[];
  };
  readonly variant: {
    readonly sku: string;
    readonly title: string | null;
    readonly price: Money;
    readonly options: readonly string[];
    readonly active: boolean;
  };
};

/** What a row may say of its product, and of its variant. Null clears; undefined is not said. */
export type SaidOfProduct = Partial<Omit<NewProduct, 'variants'>>;
export type SaidOfVariant = {
  sku: string;
  title?: string | null;
  amount: string;
  currency: string;
  options?: readonly OptionValue[];
};
export type RowSays = { key: string | null; product: SaidOfProduct; variant: Partial<SaidOfVariant> };

export type Column = {
  readonly name: string;
  readonly isRequired: boolean;
  readonly write: (exported: Exported) => string | null;
  /** Puts what the cell says into the row; answers what is wrong with it, in words, or null. */
  readonly read: (cell: string, row: RowSays) => string | null;
};

/** What a cell says, or what is wrong with it. */
type Reading<Value> = { readonly value: Value } | { readonly problem: string };
type Read<Value> = (cell: string) => Reading<Value>;

const text =
  (problemOf: (value: string) => string | null, clean = (cell: string) => cell): Read<string> =>
  (cell) => {
    const value = clean(cell);
    const problem = problemOf(value);
    return problem === null ? { value } : { problem };
  };

/** An empty cell is nothing. */
const orNone =
  <Value>(read: Read<Value>): Read<Value | null> =>
  (cell) =>
    cell === '' ? { value: null } : read(cell);

/** An empty cell says nothing. */
const orUnsaid =
  <Value>(read: Read<Value>): Read<Value | undefined> =>
  (cell) =>
    cell === '' ? { value: undefined } : read(cell);

/** Several of something in one cell; an empty cell is none. */
const several =
  <Value>(
    readCell: (cell: string) => Value[] | null,
    problemOf: (values: Value[]) => Problem | null,
    keep: (values: Value[]) => Value[],
  ): Read<Value[]> =>
  (cell) => {
    const values = readCell(cell.trim());
    if (!values) return { problem: 'Pairs look like "Weight=350 g|Colour=Blue".' };
    const problem = problemOf(values);
    return problem ? { problem: problem.message } : { value: keep(values) };
  };

const scalar =
  ({ parseValue }: { parseValue: (value: unknown) => string }): Read<string> =>
  (cell) => {
    try {
      return { value: parseValue(cell.trim()) };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  };

const trimmed = (cell: string): string => cell.trim();

const longestKey = 200;
const keyProblem = (key: string): string | null =>
  key.length <= longestKey && !/\p{Cc}/u.test(key)
    ? null
    : `What tells products apart has at most ${longestKey} characters on one line.`;

const statusOf: Read<ProductStatus> = (cell) => {
  const value = cell.trim();
  return value === 'DRAFT' || value === 'ACTIVE' || value === 'ARCHIVED'
    ? { value }
    : { problem: 'A status is DRAFT, ACTIVE or ARCHIVED.' };
};

const column =
  (part: 'product' | 'variant') =>
  <Value>(
    name: string,
    key: keyof SaidOfProduct | keyof SaidOfVariant,
    write: Column['write'],
    read: Read<Value>,
    isRequired = false,
  ): Column => ({
    name,
    isRequired,
    write,
    read: (cell, row) => {
      const reading = read(cell);
      if ('problem' in reading) return reading.problem;
      if (reading.value !== undefined) Object.assign(row[part], { [key]: reading.value });
      return null;
    },
  });

const ofProduct = column('product');
const ofVariant = column('variant');

/** Which rows are one product: those with the same text here, one after the other. Of a known product it is its slug. */
const keyColumn: Column = {
  name: 'product',
  isRequired: false,
  write: ({ product }) => product.slug,
  read: (cell, row) => {
    row.key = cell.trim() === '' ? null : cell.trim();
    return keyProblem(cell.trim());
  },
};

const readOptionValues = several(readPairs, optionValuesProblem, optionValuesOf);

/** A variant's values for what the product's variants differ in: the product has the options that its rows name. */
const optionsColumn: Column = {
  name: 'options',
  isRequired: false,
  write: ({ product, variant }) => writePairs(named(product.options, variant.options)),
  read: (cell, row) => {
    const reading = readOptionValues(cell);
    if ('problem' in reading) return reading.problem;
    const options = reading.value.map(({ name }) => name);
    Object.assign(row.product, { options });
    Object.assign(row.variant, { options: reading.value });
    return optionsProblem(options)?.message ?? null;
  },
};

/** Whether it is sold no more. A file shows it and does not decide it: `updateVariant` does, and says which version was seen. */
const retiredColumn: Column = {
  name: 'retired',
  isRequired: false,
  write: ({ variant }) => String(!variant.active),
  read: (cell) =>
    ['', 'true', 'false'].includes(cell.trim().toLowerCase())
      ? null
      : 'What is retired is true or false, and not changed by a file.',
};

/** In the order in which they are written. */
export const columns: readonly Column[] = [
  keyColumn,
  ofProduct('title', 'title', ({ product }) => product.title, orUnsaid(text(titleProblem, trimmed)), true),
  ofProduct(
    'description',
    'description',
    ({ product }) => product.description,
    orNone(text(descriptionProblem)),
  ),
  ofProduct(
    'category',
    'categorySlug',
    ({ product }) => product.categorySlug,
    orNone(text(keyProblem, trimmed)),
  ),
  ofProduct('status', 'status', ({ product }) => product.status, orUnsaid(statusOf)),
  ofProduct(
    'tags',
    'tags',
    ({ product }) => writeList(product.tags),
    several(readList, tagsProblem, tagsOf),
  ),
  ofProduct(
    'specifications',
    'specifications',
    ({ product }) => writePairs(product.specifications),
    several(readPairs, specificationsProblem, specificationsOf),
  ),
  ofVariant('sku', 'sku', ({ variant }) => variant.sku, text(skuProblem, trimmed), true),
  ofVariant('variant', 'title', ({ variant }) => variant.title, orNone(text(titleProblem, trimmed))),
  ofVariant(
    'price',
    'amount',
    ({ variant }) => showMoney(variant.price).amount,
    scalar(DecimalScalar),
    true,
  ),
  ofVariant(
    'currency',
    'currency',
    ({ variant }) => variant.price.currency,
    scalar(CurrencyCodeScalar),
    true,
  ),
  optionsColumn,
  retiredColumn,
];
