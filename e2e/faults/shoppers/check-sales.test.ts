import { describe, expect, it } from 'vitest';
import { findLostSales, type Sales } from './check-sales.ts';
import type { Bought } from './shoppers.ts';

const ended = (status: string, isDeclined = false): Bought => ({
  orderId: 'o',
  isDeclined,
  shown: [{ sequence: 1, status }],
});
const rulesOf = (bought: readonly Bought[], sales: Partial<Sales> = {}, lost: { key: string }[] = []) =>
  findLostSales(
    { bought, lost },
    { ordersBefore: 3, ordersAfter: 3 + bought.length, confirmsAll: true, ...sales },
  ).map(({ rule }) => rule);

describe('sales', () => {
  it('are sound when each wish came to its end', () =>
    expect(rulesOf([ended('CONFIRMED'), ended('FAILED', true)])).toEqual([]));

  it('may fail where the shop could not serve them in time', () =>
    expect(rulesOf([ended('FAILED')], { confirmsAll: false })).toEqual([]));

  it.each<[string, string[]]>([
    ['a cart lost what was in it', rulesOf([], {}, [{ key: 'k' }])],
    ['a wish makes one order', rulesOf([ended('CONFIRMED')], { ordersAfter: 5 })],
    ['a wish makes one order', rulesOf([ended('CONFIRMED')], { ordersAfter: 3 })],
    ['an order whose card is declined fails', rulesOf([ended('CONFIRMED', true)])],
    ['an order that was taken with a good card is confirmed', rulesOf([ended('FAILED')])],
  ])('are not when %s', (_, rules) => expect(rules).toHaveLength(1));
});
