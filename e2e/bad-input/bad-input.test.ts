import { connect } from '@emporium/client';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const shop = openShop(wholeGraph().gatewayUrl);
const leaks = /prisma|postgres|node_modules|\bat [A-Z]\w+\.|127\.0\.0\.1|ECONN/i;

const codesOf = async (
  client: ReturnType<typeof connect>,
  document: string,
  variables: Record<string, unknown>,
) => {
  const answer = await client.request(document, variables);
  expect(JSON.stringify(answer)).not.toMatch(leaks);
  return answer.errors.map(({ extensions }) => extensions?.code);
};

describe('bad input', () => {
  it.each([0, -1, 1_000_000_000])('is a quantity of %s', async (quantity) => {
    const buyer = await shop.person('Ada');
    const input = { variantId: 'some-variant', quantity };
    expect(await codesOf(buyer, operations.addToCart, { input })).toEqual(['BAD_USER_INPUT']);
  });
  it('is a quantity of 1.5', async () => {
    const buyer = await shop.person('Ada');
    expect(
      await codesOf(buyer, operations.addToCart, { input: { variantId: 'some-variant', quantity: 1.5 } }),
    ).toEqual(['BAD_USER_INPUT']);
  });
  it('is a page of 100,000', async () => {
    expect(
      await codesOf(shop.anonymous, '{ products(first: 100000) { pageInfo { endCursor } } }', {}),
    ).toEqual(['BAD_USER_INPUT']);
  });
  it.each([
    ['a malformed e-mail', { email: 'ada@', password: 'correct horse battery', name: 'Ada' }],
    ['a short password', { email: 'ada@emporium.test', password: 'short', name: 'Ada' }],
    ['an empty name', { email: 'ada@emporium.test', password: 'correct horse battery', name: ' ' }],
  ])('is %s', async (_what, input) => {
    const register = 'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }';
    expect(await codesOf(shop.anonymous, register, { input })).toEqual(['BAD_USER_INPUT']);
  });
  it('is an address without a country that exists', async () => {
    const buyer = await shop.person('Ada');
    await expect(
      shop.placeOrder(buyer, {
        shippingAddress: { name: 'A', line1: 'B', city: 'C', postalCode: 'D', country: 'ZZ' },
      }),
    ).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('text that no database keeps', () => {
  it.each([
    ['a NUL character', 'a\u0000b', 'BAD_USER_INPUT'],
    ['half a surrogate pair', 'a\ud800b', 'GRAPHQL_PARSE_FAILED'],
  ])('is bad input, not our failure: %s', async (_what, text, inDocument) => {
    const buyer = await shop.person('Ada');
    expect(await codesOf(buyer, operations.readOrder, { id: text })).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf(buyer, `{ order(id: ${JSON.stringify(text)}) { id } }`, {})).toEqual([inDocument]);
    await expect(shop.followOrder(buyer, text)).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('an operation that asks for too much', () => {
  const nested = (levels: number): string =>
    levels === 0 ? 'id' : `seller { products(first: 100) { edges { node { ${nested(levels - 1)} } } } }`;
  it.each([
    ['pages in pages in pages', `{ products(first: 100) { edges { node { ${nested(2)} } } } }`],
    [
      'levels without end',
      `{ product(id: "x") { ${'variants { product { '.repeat(20)} id ${'} } '.repeat(20)} } }`,
    ],
  ])('is refused before anybody works on it: %s', async (_what, query) => {
    expect(await codesOf(shop.anonymous, query, {})).toEqual(['BAD_USER_INPUT']);
  });
});

describe('an unknown id', () => {
  it.each(['no-such-thing', '', '00000000-0000-7000-8000-000000000000', "'; DROP TABLE orders; --"])(
    '"%s" is not found',
    async (id) => {
      const buyer = await shop.person('Ada');
      expect(await shop.ask(buyer, operations.readOrder, { id })).toEqual({ order: null });
      expect(await shop.ask(buyer, 'query ($id: ID!) { product(id: $id) { title } }', { id })).toEqual({
        product: null,
      });
      expect(
        await shop.ask(buyer, operations.addToCart, { input: { variantId: id, quantity: 1 } }),
      ).toMatchObject({ addToCart: { code: 'NOT_FOUND' } });
      expect(await shop.ask(buyer, operations.cancelOrder, { orderId: id })).toMatchObject({
        cancelOrder: { code: 'NOT_FOUND' },
      });
    },
  );
});

describe('a token', () => {
  it('that is forged is refused, over HTTP and WebSocket', async () => {
    const buyer = await shop.person('Ada');
    const [header, payload] = (buyer.token ?? '').split('.');
    for (const token of [
      `${header}.${payload}.${'A'.repeat(86)}`,
      'nonsense',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
    ]) {
      const forger = connect(shop.url, token);
      const { errors } = await forger.request('{ me { name } }');
      expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
      await expect(shop.followOrder(forger, 'some-order')).rejects.toThrow();
    }
  });
});
