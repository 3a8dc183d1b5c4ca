import type Big from 'big.js';
import { type Invoice, isSale, soldLines } from '../online-retail/invoices.ts';
import { isProductCode } from '../online-retail/product-code.ts';
import type { Row } from '../online-retail/read-rows.ts';

export type CatalogueEntry = {
  readonly sku: string;
  readonly title: string;
  /** The latest price in the file, in pounds with two decimals. */
  readonly price: string;
  /** All units that the file's sales sold of it: the opening stock. */
  readonly sold: number;
};

/** A stock code that is no product of the catalogue, and why. */
export type LeftOut = {
  readonly code: string;
  readonly rows: number;
  readonly title: string;
  readonly reason: LeftOutReason;
};

export type LeftOutReason =
  | 'no goods (postage, fee, voucher, sample or manual entry)'
  | 'never sold at a price'
  | 'no description';

export type Catalogue = {
  readonly entries: readonly CatalogueEntry[];
  readonly leftOut: readonly LeftOut[];
  readonly rows: number;
  readonly sales: number;
  readonly otherInvoices: number;
};

type Tally = {
  rows: number;
  sold: number;
  price: Big | null;
  pricedAt: number;
  titles: Map<string, number>;
};

/**
 * The catalogue that a file of invoices implies: each product that was sold, its latest price in whole pence, its most
 * frequent title (the later of two equals) and what it sold.
 */
export const collectCatalogue = async (invoices: AsyncIterable<Invoice>): Promise<Catalogue> => {
  const tallies = new Map<string, Tally>();
  const counts = { rows: 0, sales: 0, otherInvoices: 0 };
  for await (const invoice of invoices) {
    counts.rows += invoice.lines.length;
    for (const { code } of invoice.lines) tallyOf(tallies, code).rows += 1;
    if (!isSale(invoice)) {
      counts.otherInvoices += 1;
      continue;
    }
    counts.sales += 1;
    for (const line of soldLines(invoice)) addSale(tallyOf(tallies, line.code), line);
  }
  const judged = [...tallies].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(judge);
  return {
    ...counts,
    entries: judged.flatMap((one) => ('sku' in one ? [one] : [])),
    leftOut: judged.flatMap((one) => ('reason' in one ? [one] : [])),
  };
};

const tallyOf = (tallies: Map<string, Tally>, code: string): Tally => {
  const known = tallies.get(code);
  if (known) return known;
  const fresh: Tally = { rows: 0, sold: 0, price: null, pricedAt: -Infinity, titles: new Map() };
  tallies.set(code, fresh);
  return fresh;
};

const addSale = (tally: Tally, { quantity, price, description, at }: Row): void => {
  tally.sold += quantity;
  if (price.lte(0)) return;
  // A few prices have a tenth of a penny: nobody can be charged that.
  if (price.eq(price.round(2)) && at >= tally.pricedAt) {
    tally.price = price;
    tally.pricedAt = at;
  }
  if (description === '') return;
  const seen = (tally.titles.get(description) ?? 0) + 1;
  // Deleted first, so that the latest seen stands last.
  tally.titles.delete(description);
  tally.titles.set(description, seen);
};

const judge = ([code, { rows, sold, price, titles }]: [string, Tally]): CatalogueEntry | LeftOut => {
  const title = bestTitle(titles);
  const leftOut = (reason: LeftOutReason): LeftOut => ({ code, rows, title: title ?? '', reason });
  if (!isProductCode(code)) return leftOut('no goods (postage, fee, voucher, sample or manual entry)');
  if (price === null) return leftOut('never sold at a price');
  if (title === null) return leftOut('no description');
  return { sku: code, title, price: price.toFixed(2), sold };
};

const bestTitle = (titles: ReadonlyMap<string, number>): string | null => {
  let best: string | null = null;
  let most = 0;
  for (const [title, seen] of titles) {
    if (seen >= most) [best, most] = [title, seen];
  }
  return best;
};
