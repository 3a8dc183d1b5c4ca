import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import { groupInvoices, isSale } from './invoices.ts';
import type { Row } from './read-rows.ts';

const line = (invoice: string, quantity = 1, price = '1'): Row => ({
  invoice,
  code: '20000',
  description: '',
  quantity,
  price: new Big(price),
  customer: '',
  country: 'EIRE',
  at: 0,
});

const group = async (lines: readonly Row[]) => {
  const invoices: [string, number][] = [];
  const rows = (async function* () {
    yield* lines;
  })();
  for await (const { number, lines: own } of groupInvoices(rows)) invoices.push([number, own.length]);
  return invoices;
};

describe('invoices', () => {
  it('are put together even where two stand interleaved', async () => {
    expect(await group([line('1'), line('1'), line('2'), line('1'), line('3')])).toEqual([
      ['1', 3],
      ['2', 1],
      ['3', 1],
    ]);
  });
  it('are given out while the file is read', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => line(String(index)));
    expect(await group(many)).toHaveLength(5000);
  });
  it.each([
    ['a sale', '536365', 1, '2.55', true],
    ['a cancellation', 'C536365', 1, '2.55', false],
    ['a bad debt', 'A563185', 1, '11062.06', false],
    ['a stock correction', '536366', -1, '0', false],
    ['found goods', '536367', 5, '0', false],
  ])('tell %s', (_name, number, quantity, price, sale) => {
    expect(isSale({ number, lines: [line(number, quantity, price)] })).toBe(sale);
  });
});
