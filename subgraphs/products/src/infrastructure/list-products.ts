import { plannedAfresh } from '@emporium/subgraph';
import type { Filter, Listed, Onlooker, ProductView, Slice, Sort } from '../application/catalogue.ts';
import { matchesFilter } from './filter.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { productColumns, visibleTo } from './visible.ts';

/** The columns that a list is sorted by, each with the type of its cursor's value; the last one is unique. */
type Order = {
  readonly columns: readonly { readonly by: Prisma.Sql; readonly type: Prisma.Sql }[];
  readonly descending: boolean;
};

const text = Prisma.sql`text`;
const id = { by: Prisma.sql`p.id`, type: text };
/** Amounts of different currencies cannot be compared: one currency follows the other. */
const price = [
  { by: Prisma.sql`p.lowest_currency`, type: text },
  { by: Prisma.sql`p.lowest_minor`, type: Prisma.sql`bigint` },
  id,
];

/** Ids are UUIDv7: the newest is the highest. */
export const orders: Record<Exclude<Sort, 'RELEVANCE'>, Order> = {
  NEWEST: { columns: [id], descending: true },
  TITLE: { columns: [{ by: Prisma.sql`lower(p.title) COLLATE "C"`, type: text }, id], descending: false },
  PRICE_ASC: { columns: price, descending: false },
  PRICE_DESC: { columns: price, descending: true },
};

/** The list's end of a query: what comes after the slice's cursor, in order, so many. */
export const sliceOf = ({ columns, descending }: Order, { limit, after }: Slice) => {
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const values = columns.map(({ type }, index) => Prisma.sql`${after?.[index]}::${type}`);
  const keys = columns.map(({ by }) => by);
  return {
    isAfter: after
      ? Prisma.sql`(${Prisma.join(keys)}) ${descending ? Prisma.sql`<` : Prisma.sql`>`} (${Prisma.join(values)})`
      : Prisma.sql`TRUE`,
    order: Prisma.sql`ORDER BY ${Prisma.join(keys.map((by) => Prisma.sql`${by} ${direction}`))} LIMIT ${limit}`,
    key: Prisma.sql`ARRAY[${Prisma.join(keys.map((by) => Prisma.sql`(${by})::text`))}] AS key`,
  };
};

/** What a sort's cursors hold of a product. */
export const keyOf = (sort: keyof typeof orders): Prisma.Sql =>
  sliceOf(orders[sort], { limit: 0, after: null }).key;

type Row = ProductView & { key: string[] };

/** A row of a query that selects `productColumns` and a `key`. */
export const toListed = ({ key, ...product }: Row): Listed => ({ product, key });

/** One page of products. */
export const listProducts = async (
  prisma: PrismaClient,
  sort: Sort,
  filter: Filter,
  slice: Slice,
  as: Onlooker,
): Promise<Listed[]> => {
  if (sort === 'RELEVANCE') throw new TypeError('only a search has relevance');
  const { isAfter, order, key } = sliceOf(orders[sort], slice);
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT ${productColumns}, ${key} FROM products p ${Prisma.raw(plannedAfresh)}
    WHERE ${visibleTo(as, filter.status)} AND ${matchesFilter(filter)} AND ${isAfter} ${order}`;
  return rows.map(toListed);
};

/** The same page of several sellers' products, newest first, in one statement. */
export const listProductsOfSellers = async (
  prisma: PrismaClient,
  sellerIds: readonly string[],
  slice: Slice,
  as: Onlooker,
): Promise<Listed[]> => {
  const { isAfter, order, key } = sliceOf(orders.NEWEST, slice);
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT page.* FROM unnest(${[...sellerIds]}::text[]) AS wanted (seller_id)
    CROSS JOIN LATERAL (
      SELECT ${productColumns}, ${key} FROM products p
      WHERE p.seller_id = wanted.seller_id AND ${visibleTo(as)} AND ${isAfter} ${order}) AS page`;
  return rows.map(toListed);
};
