import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import type { Row } from '../online-retail/read-rows.ts';
import { toBasket } from './basket.ts';
import { explainDifferences } from './explain-differences.ts';

const line = (code: string, quantity: number, price: string): Row => ({
  invoice: '1',
  code,
  quantity,
  price: new Big(price),
  description: code,
  customer: '17850',
  country: 'EIRE',
  at: 0,
});
const prices = new Map([
  ['A', '2.00'],
  ['B', '1.00'],
]);
const basket = (...lines: Row[]) => toBasket({ number: '1', lines }, prices);
const explain = (...lines: Row[]) => {
  const { file, ordered, differences } = explainDifferences(
    [basket(...lines)],
    (sku) => new Big(prices.get(sku) ?? 0),
  );
  const led = Object.values(differences).reduce((total, { amount }) => total.plus(amount), file);
  expect(led.toFixed()).toBe(ordered.toFixed());
  return Object.fromEntries(
    Object.entries(differences).flatMap(([reason, { lines, amount }]) =>
      lines ? [[reason, `${lines}: ${amount.toFixed(3)}`]] : [],
    ),
  );
};

describe('the file explained', () => {
  it('has nothing to explain at catalogue prices', () => expect(explain(line('A', 3, '2.00'))).toEqual({}));
  it('names a price that changed', () =>
    expect(explain(line('A', 3, '1.95'))).toEqual({ 'price change': '1: 0.150' }));
  it('names two prices on one invoice', () => {
    expect(explain(line('A', 1, '2.00'), line('A', 1, '1.50'))).toEqual({ 'two prices': '1: 0.500' });
  });
  it('names what was given away', () =>
    expect(explain(line('A', 2, '0'))).toEqual({ 'zero price': '1: 4.000' }));
  it('names what is no product', () =>
    expect(explain(line('POST', 1, '18.001'))).toEqual({ 'no product': '1: -18.001' }));
});

describe('a basket', () => {
  it('sums the lines of one code', () => {
    expect([...basket(line('A', 1, '2'), line('B', 1, '1'), line('A', 4, '2')).quantities]).toEqual([
      ['A', 5],
      ['B', 1],
    ]);
  });
});
