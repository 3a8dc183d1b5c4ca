import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, buyer, gbp, nobody, openShop, type Shop, seller } from '../test-shop.ts';

const setRates = `mutation ($input: ExchangeRatesInput!) {
  setExchangeRates(input: $input) { base quote rate onDate }
}`;
const pricesIn = (currency: string) => `{
  products(first: 100) { edges { node { variants {
    price { amount currency }
    priceIn(currency: "${currency}") { amount { amount currency } rate rateDate exact }
    inEuro: priceIn(currency: "EUR") { rateDate }
  } } } }
}`;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop((await testDatabase('products')).url);
  await shop.offer(seller, [
    { title: 'Mug', variants: [{ sku: 'A', price: gbp('10.00') }] },
    { title: 'Jug', variants: [{ sku: 'B', price: { amount: '1500', currency: 'JPY' } }] },
  ]);
});
afterAll(() => shop.close());

const setAs = async (as: typeof admin, onDate: string, ...rates: object[]) => {
  const { data, errors } = await shop.ask(as, setRates, { input: { onDate, rates } });
  return errors[0]?.extensions ?? data.setExchangeRates;
};
const shown = async (currency: string) => {
  const { data } = await shop.ask(nobody, pricesIn(currency));
  const nodes: { variants: { price: { currency: string }; priceIn: unknown }[] }[] =
    data.products.edges.map(({ node }: { node: unknown }) => node);
  return new Map(
    nodes.flatMap(({ variants }) => variants.map(({ price, priceIn }) => [price.currency, priceIn])),
  );
};

describe('prices in other currencies', () => {
  it('are shown by the newest rates, read in one statement', async () => {
    const [first] = await setAs(admin, '2025-06-02', { quote: 'GBP', rate: '0.8' });
    expect(first).toEqual({ base: 'EUR', quote: 'GBP', rate: '0.8', onDate: '2025-06-02' });
    await setAs(admin, '2025-06-03', { quote: 'USD', rate: '1.2500' }, { quote: 'INR', rate: '90' });
    await setAs(admin, '2025-06-01', { quote: 'USD', rate: '7' });
    shop.statements.length = 0;
    expect((await shown('USD')).get('GBP')).toEqual({
      amount: { amount: '15.62', currency: 'USD' },
      rate: '1.5625',
      rateDate: '2025-06-02',
      exact: false,
    });
    expect(shop.statements.filter((sql) => sql.includes('exchange_rates'))).toHaveLength(1);
  });

  it('are the price itself in its own, and null where no rate is known', async () => {
    const inYen = await shown('JPY');
    expect(inYen.get('JPY')).toEqual({
      amount: { amount: '1500', currency: 'JPY' },
      rate: '1',
      rateDate: null,
      exact: true,
    });
    expect(inYen.get('GBP')).toBeNull();
    expect((await shown('USD')).get('JPY')).toBeNull();
  });

  it('are asked for in a currency that there is', async () => {
    const { errors } = await shop.ask(
      nobody,
      'query ($to: CurrencyCode!) { products { edges { node { variants { priceIn(currency: $to) { rate } } } } } }',
      { to: 'XYZ' },
    );
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('"$to" got invalid value "XYZ"'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('exchange rates', () => {
  it('begin with some of each currency', async () => {
    const { data } = await shop.ask(nobody, '{ exchangeRates { base quote } }');
    expect(data.exchangeRates).toEqual(['GBP', 'INR', 'USD'].map((quote) => ({ base: 'EUR', quote })));
  });

  it('are corrected by a row more, and the same again is none', async () => {
    const rowsOf = () => shop.prisma.exchangeRate.count({ where: { onDate: new Date('2025-07-01') } });
    await setAs(admin, '2025-07-01', { quote: 'INR', rate: '9' });
    const told = (await shop.outdated()).length;
    expect(await setAs(admin, '2025-07-01', { quote: 'INR', rate: '09.00' })).toMatchObject([
      { rate: '9' },
    ]);
    expect(await rowsOf()).toBe(1);
    expect(await shop.outdated()).toHaveLength(told);
    expect(await setAs(admin, '2025-07-01', { quote: 'INR', rate: '90' })).toMatchObject([{ rate: '90' }]);
    expect(await rowsOf()).toBe(2);
    expect((await shop.outdated()).slice(told)).toEqual([{ typename: 'ProductVariant', key: null }]);
  });

  it('are set by administrators alone', async () => {
    for (const [as, code] of [
      [nobody, 'UNAUTHENTICATED'],
      [buyer, 'FORBIDDEN'],
      [seller, 'FORBIDDEN'],
    ] as const)
      expect(await setAs(as, '2025-06-02', { quote: 'GBP', rate: '1' })).toMatchObject({ code });
  });

  it.each([
    ['2025-02-30', [{ quote: 'GBP', rate: '1' }], 'input.onDate'],
    ['9999-01-01', [{ quote: 'GBP', rate: '1' }], 'input.onDate'],
    ['2025-06-02', [], 'input.rates'],
    ['2025-06-02', [{ quote: 'EUR', rate: '1' }], 'input.rates.0.quote'],
    ['2025-06-02', [{ quote: 'JPY', rate: '1' }], 'input.rates.0.quote'],
    ['2025-06-02', [1, 2].map((rate) => ({ quote: 'GBP', rate: String(rate) })), 'input.rates.1.quote'],
    ['2025-06-02', [{ quote: 'GBP', rate: '0' }], 'input.rates.0.rate'],
    ['2025-06-02', [{ quote: 'GBP', rate: '-1' }], 'input.rates.0.rate'],
    ['2025-06-02', [{ quote: 'GBP', rate: '1000001' }], 'input.rates.0.rate'],
  ])('of %s, %j are refused, naming the field', async (onDate, rates, field) => {
    expect(await setAs(admin, onDate, ...rates)).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

describe('a price that may not be asked', () => {
  const absurd = ['0', '-1', '-0.01', '10000000000.01', '999999999999999999'].map((amount) => ({
    amount,
    currency: 'GBP',
  }));
  const fieldOf = async (source: string, input: object) =>
    (await shop.ask(seller, source, { input })).errors[0]?.extensions;
  const product = (price: object) => ({ title: 'X', variants: [{ sku: 'X', price }] });

  it.each([...absurd, { amount: '1.005', currency: 'GBP' }, { amount: '0.5', currency: 'JPY' }])(
    '%j is refused, naming the field',
    async (price) => {
      expect(
        await fieldOf(
          'mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }',
          product(price),
        ),
      ).toEqual({ code: 'BAD_USER_INPUT', field: 'input.variants.0.price' });
      const { data } = await shop.ask(
        seller,
        'mutation ($input: BulkUpsertInput!) { bulkUpsertProducts(input: $input) { ... on BulkUpsert { rows { refusal { field } } } } }',
        { input: { products: [product(price)] } },
      );
      expect(data.bulkUpsertProducts.rows).toEqual([
        { refusal: { field: 'input.products.0.variants.0.price' } },
      ]);
      expect(
        await fieldOf(
          'mutation ($input: VariantPriceInput!) { updateVariantPrice(input: $input) { __typename } }',
          { variantId: 'v', price },
        ),
      ).toEqual({ code: 'BAD_USER_INPUT', field: 'input.price' });
    },
  );

  it.each(['XYZ', 'gbp', 'BTC', '£', ''])('is none in the currency "%s"', async (currency) => {
    const { errors } = await shop.ask(
      seller,
      'mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }',
      { input: product({ amount: '1', currency }) },
    );
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('input.variants[0].price.currency'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
