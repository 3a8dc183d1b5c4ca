import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { serveInProcess } from '../testing/in-process-graph.ts';

type Fields = Readonly<Record<string, unknown>>;
const itself = { __resolveReference: (reference: Fields) => reference };
const places = new Map<unknown, Fields>([
  ['1', { code: 'n', zone: { number: 7 } }],
  ['2', { code: 's', zone: null }],
]);
const items = ['1', '2'].map((id) => ({ id, name: `name ${id}`, sku: 'x', place: places.get(id) }));
const itemOf = ({ id, place }: Fields) =>
  items.find((item) => item.id === id || (place && item.place?.code === (place as Fields).code)) ?? null;
const prices: Fields = { USD: 200, EUR: 100 };

const run = serveInProcess([
  {
    name: 'shop',
    sdl: `
      type Query { items: [Item!]  first: Item }
      type Item @key(fields: "id") @key(fields: "sku place { code zone { number } }") {
        id: ID!  sku: String!  name: String  place: Place  price(in: String = "USD"): Int  box: Box  bad: Int
      }
      type Place @shareable { code: ID!  zone: Zone  light: Int }
      type Zone @shareable { number: Int  colour: String }
      type Box { side(unit: String = "cm"): Int }`,
    resolvers: {
      Query: { items: () => items, first: () => items[0] },
      Item: {
        __resolveReference: itemOf,
        price: (_item: Fields, given: Fields) => prices[String(given.in)],
        box: () => ({}),
        bad: () => {
          throw new GraphQLError('bad', { extensions: { code: 'BAD' } });
        },
      },
      Place: { light: () => 5 },
      Zone: { colour: () => 'red' },
      Box: { side: (_box: Fields, { unit }: Fields) => (unit === 'cm' ? 10 : 4) },
    },
  },
  {
    name: 'shipping',
    sdl: `
      type Item @key(fields: "id") {
        id: ID!  name: String @external  box: Box @external  price(in: String = "USD"): Int @external
        euros: String @requires(fields: "price(in: \\"EUR\\")")
        quote(to: String = "here"): String @requires(fields: "price(in: \\"EUR\\") name")
        inches: String @requires(fields: "box { side(unit: \\"in\\") }")
        stock: String
        label: String @requires(fields: "name")
        broken: Int
      }
      type Box { side(unit: String = "cm"): Int @external }`,
    resolvers: {
      Item: {
        ...itself,
        euros: ({ price }: Fields) => `${price} EUR`,
        quote: ({ price, name }: Fields, { to }: Fields) => `${name} to ${to} for ${price}`,
        inches: ({ box }: { box: Fields }) => `${box.side} in`,
        stock: ({ id }: Fields) => `stock of ${id}`,
        label: ({ name }: Fields) => `label ${name}`,
        broken: () => {
          throw new GraphQLError('broken', { extensions: { code: 'BROKEN' } });
        },
      },
    },
  },
  {
    name: 'map',
    sdl: `
      type Query { spot: Item }
      type Item @key(fields: "sku place { code zone { number } }") {
        sku: String! @shareable  place: Place @shareable  way: String
      }
      type Place @shareable { code: ID!  zone: Zone }
      type Zone @shareable { number: Int }`,
    resolvers: {
      Query: { spot: () => ({ sku: 'x', place: places.get('2') }) },
      Item: {
        ...itself,
        way: ({ place }: { place: { code: string; zone: Fields | null } }) =>
          `to ${place.code} ${place.zone?.number}`,
      },
    },
  },
]);

describe('what is required with arguments', () => {
  it.each([
    ['{ first { euros } }', { euros: '100 EUR' }],
    ['{ first { euros price } }', { euros: '100 EUR', price: 200 }],
    ['{ first { price(in: "USD") euros } }', { price: 200, euros: '100 EUR' }],
    ['{ first { price: name euros } }', { price: 'name 1', euros: '100 EUR' }],
    ['{ first { price(in: "EUR") p: price euros } }', { price: 100, p: 200, euros: '100 EUR' }],
    ['{ first { box { side } inches } }', { box: { side: 10 }, inches: '4 in' }],
    [
      '{ first { inches ... on Item { box { side: __typename } } } }',
      { inches: '4 in', box: { side: 'Box' } },
    ],
  ])('is apart from what the client asks: %s', async (query, first) => {
    expect(await run(query)).toEqual({ data: { first }, errors: [] });
  });

  it('serves a field that has arguments itself, as often as it is asked', async () => {
    const query = 'query ($to: String) { first { a: quote(to: "a") b: quote(to: $to) quote price } }';
    expect((await run(query, { to: 'b' })).data.first).toEqual({
      a: 'name 1 to a for 100',
      b: 'name 1 to b for 100',
      quote: 'name 1 to here for 100',
      price: 200,
    });
  });
});

describe('a client that calls another field as a key or a requirement is called', () => {
  it.each([
    ['{ items { id: name stock } }', 0, { id: 'name 1', stock: 'stock of 1' }],
    ['{ items { stock id: name } }', 1, { stock: 'stock of 2', id: 'name 2' }],
    ['{ items { name: sku label } }', 1, { name: 'x', label: 'label name 2' }],
    ['{ items { label name: place { code } } }', 0, { label: 'label name 1', name: { code: 'n' } }],
    ['{ items { __typename: name stock } }', 0, { __typename: 'name 1', stock: 'stock of 1' }],
    ['{ items { id: __typename stock } }', 0, { id: 'Item', stock: 'stock of 1' }],
    ['{ items { id: stock stock: id way } }', 0, { id: 'stock of 1', stock: '1', way: 'to n 7' }],
    [
      '{ items { sku: name place { code: light zone { number: colour } } way } }',
      0,
      { sku: 'name 1', place: { code: 5, zone: { number: 'red' } }, way: 'to n 7' },
    ],
  ])('gets that field, and nothing changes for the subgraphs: %s', async (query, index, item) => {
    const { data, errors } = await run(query);
    expect(data.items[index]).toEqual(item);
    expect(errors).toEqual([]);
  });

  it('is told of errors by its own names', async () => {
    expect((await run('{ items { id: broken name: bad stock } }')).errors.toSorted()).toEqual([
      [['items', 0, 'id'], 'BROKEN'],
      [['items', 0, 'name'], 'BAD'],
      [['items', 1, 'id'], 'BROKEN'],
      [['items', 1, 'name'], 'BAD'],
    ]);
    expect((await run('{ id: first { stock } }', {}, 'shipping')).errors).toEqual([
      [['id'], 'SUBGRAPH_UNAVAILABLE'],
    ]);
  });
});

describe('a key that mixes simple and composite fields', () => {
  it('leads from one subgraph to another, with null in it, too', async () => {
    expect((await run('{ items { way } }')).data.items).toEqual([
      { way: 'to n 7' },
      { way: 'to s undefined' },
    ]);
  });

  it('leads on to the subgraphs that know another key', async () => {
    expect((await run('{ spot { stock label way } }')).data.spot).toEqual({
      stock: 'stock of 2',
      label: 'label name 2',
      way: 'to s undefined',
    });
  });

  it('is asked for though the client includes none of it', async () => {
    const query = `query ($not: Boolean = false) {
      items { sku @include(if: $not) place { zone @skip(if: true) { number } code @include(if: $not) } way }
    }`;
    expect((await run(query)).data.items[0]).toEqual({ place: {}, way: 'to n 7' });
  });
});
