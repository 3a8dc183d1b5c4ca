import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import type { Invoice } from '../online-retail/invoices.ts';
import type { Row } from '../online-retail/read-rows.ts';
import { collectCatalogue } from './collect-catalogue.ts';

const line = (over: Partial<Omit<Row, 'price'>> & { price?: string }): Row => ({
  invoice: '536365',
  code: '85123A',
  description: 'WHITE HANGING HEART',
  quantity: 6,
  customer: '17850',
  country: 'United Kingdom',
  at: 0,
  ...over,
  price: new Big(over.price ?? '2.55'),
});

const collect = (...invoices: Row[][]) =>
  collectCatalogue(
    (async function* () {
      for (const lines of invoices) yield { number: lines[0]?.invoice ?? '', lines } satisfies Invoice;
    })(),
  );

describe('a catalogue collected from invoices', () => {
  it('has the latest price, the most frequent title and all units sold', async () => {
    const { entries } = await collect(
      [line({}), line({ price: '2.95', description: 'HEART' })],
      [line({ price: '3.10', quantity: 4, invoice: '536366' })],
    );
    expect(entries).toEqual([{ sku: '85123A', title: 'WHITE HANGING HEART', price: '3.10', sold: 16 }]);
  });
  it('has the price of the latest date, wherever it stands in the file', async () => {
    const { entries } = await collect([line({ at: 2, price: '9.00' }), line({ at: 1, price: '1.00' })]);
    expect(entries[0]?.price).toBe('9.00');
  });
  it('takes the later of two equally frequent titles', async () => {
    const { entries } = await collect([line({ description: 'OLD' }), line({ description: 'NEW' })]);
    expect(entries[0]?.title).toBe('NEW');
  });
  it('neither counts nor prices a cancellation', async () => {
    const { entries, otherInvoices } = await collect(
      [line({})],
      [line({ invoice: 'C536379', quantity: -6, price: '9.99' })],
    );
    expect([entries[0]?.price, entries[0]?.sold, otherInvoices]).toEqual(['2.55', 6, 1]);
  });
  it('counts a free unit in a sale as sold, but not its price or its title', async () => {
    const { entries } = await collect([line({}), line({ price: '0', quantity: 1, description: '?' })]);
    expect(entries).toEqual([{ sku: '85123A', title: 'WHITE HANGING HEART', price: '2.55', sold: 7 }]);
  });
  it('passes over a price that no coin can pay', async () => {
    const { entries } = await collect([line({}), line({ price: '0.001' })]);
    expect(entries[0]?.price).toBe('2.55');
  });
  it('says what was left out and why', async () => {
    const { leftOut } = await collect(
      [line({ code: 'POST', description: 'POSTAGE' })],
      [line({ invoice: '536370', code: '20001', price: '0' })],
      [line({ invoice: '536371', code: '20002', description: '' })],
    );
    expect(leftOut.map(({ code, reason }) => [code, reason])).toEqual([
      ['20001', 'never sold at a price'],
      ['20002', 'no description'],
      ['POST', 'no goods (postage, fee, voucher, sample or manual entry)'],
    ]);
  });
});
