import Big from 'big.js';
import type { Row } from '../online-retail/read-rows.ts';
import type { Basket } from './basket.ts';

/** Why a line costs another amount here than in the file. */
export type DifferenceReason = 'no product' | 'zero price' | 'two prices' | 'price change';

export const differenceReasons: readonly DifferenceReason[] = [
  'no product',
  'zero price',
  'two prices',
  'price change',
];

export type Explanation = {
  /** Σ quantity × price of the file's lines, in pounds. */
  readonly file: Big;
  /** Σ quantity × catalogue price of the ordered lines, in pounds. */
  readonly ordered: Big;
  /** What each reason adds to the file's total; together they lead to `ordered`, exactly. */
  readonly differences: Readonly<
    Record<DifferenceReason, { readonly lines: number; readonly amount: Big }>
  >;
};

/** Explains the file's total against the orders', line by line. `priceOf` is the catalogue's, in pounds. */
export const explainDifferences = (
  baskets: readonly Basket[],
  priceOf: (sku: string) => Big,
): Explanation => {
  const zero = { lines: 0, amount: new Big(0) };
  const differences = { 'no product': zero, 'zero price': zero, 'two prices': zero, 'price change': zero };
  let file = new Big(0);
  let ordered = new Big(0);
  const note = (reason: DifferenceReason, amount: Big) => {
    const { lines, amount: before } = differences[reason];
    differences[reason] = { lines: lines + 1, amount: before.plus(amount) };
  };
  for (const { sold, leftOut } of baskets) {
    const twice = codesWithTwoPrices(sold);
    for (const line of leftOut) {
      file = file.plus(amountOf(line));
      note('no product', amountOf(line).neg());
    }
    for (const line of sold) {
      const here = priceOf(line.code).times(line.quantity);
      file = file.plus(amountOf(line));
      ordered = ordered.plus(here);
      const difference = here.minus(amountOf(line));
      if (!difference.eq(0)) note(reasonOf(line, twice), difference);
    }
  }
  return { file, ordered, differences };
};

const amountOf = ({ price, quantity }: Row): Big => price.times(quantity);

const reasonOf = (line: Row, twice: ReadonlySet<string>): DifferenceReason => {
  if (line.price.eq(0)) return 'zero price';
  return twice.has(line.code) ? 'two prices' : 'price change';
};

const codesWithTwoPrices = (lines: readonly Row[]): ReadonlySet<string> => {
  const first = new Map<string, Big>();
  const twice = new Set<string>();
  for (const { code, price } of lines) {
    if (price.eq(0)) continue;
    const known = first.get(code);
    if (!known) first.set(code, price);
    else if (!known.eq(price)) twice.add(code);
  }
  return twice;
};
