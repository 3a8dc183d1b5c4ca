import { buildSchema, type GraphQLError, getOperationAST, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Fetched } from '../plan/fetched.ts';
import { compileShape } from './compile-shape.ts';

const schema = buildSchema(`
  type Query { item: Item  items: [Item!]  must: Item!  thing: Thing  things: [Thing] }
  interface Thing { id: ID! }
  type Item implements Thing { id: ID!  size: Size  count: Int  grid: [[Int!]]  inner: Item! }
  type Other implements Thing { id: ID!  name: String }
  enum Size { S L }
`);

const shaped = (query: string, data: Fetched, conditions: Record<string, boolean> = {}) => {
  const document = parse(query);
  const definition = getOperationAST(document);
  const root = schema.getQueryType();
  if (!definition || !root) throw new Error('no operation');
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const errors: GraphQLError[] = [];
  const shape = compileShape(definition, root, {
    schema,
    fragments,
    conditions,
    wireName: ({ alias, name }) => (alias ?? name).value,
  });
  return { data: shape(data, errors, () => null), paths: errors.map(({ path }) => path) };
};

describe('the shape of an answer', () => {
  it('has what was asked for, in its order, and nothing else', () => {
    const { data } = shaped('{ __typename item { size id } }', {
      item: { __typename: 'Item', id: '1', size: 'S', count: 3 },
    });
    expect(JSON.stringify(data)).toBe('{"__typename":"Query","item":{"size":"S","id":"1"}}');
  });

  it('merges fragments, by the type that an object has', () => {
    const query =
      '{ things { ...T ... on Other { name } ... on Item { count } } } fragment T on Thing { id }';
    const things = [
      { __typename: 'Item', id: '1', count: 2 },
      { __typename: 'Other', id: '2', name: 'x' },
    ];
    expect(shaped(query, { things }).data).toEqual({
      things: [
        { id: '1', count: 2 },
        { id: '2', name: 'x' },
      ],
    });
  });

  it('includes and skips', () => {
    const query = 'query ($a: Boolean!) { item { id @include(if: $a) count @skip(if: $a) } }';
    const data = { item: { id: '1', count: 2 } };
    expect(shaped(query, data, { a: true }).data).toEqual({ item: { id: '1' } });
    expect(shaped(query, data, { a: false }).data).toEqual({ item: { count: 2 } });
  });

  it('lets a null rise to where one may be, and says where it came from', () => {
    expect(
      shaped('{ items { inner { id } } }', { items: [{ inner: { id: '1' } }, { inner: null }] }),
    ).toEqual({
      data: { items: null },
      paths: [['items', 1, 'inner']],
    });
    expect(shaped('{ must { id } }', {})).toEqual({ data: null, paths: [['must']] });
    expect(shaped('{ item { grid } }', { item: { grid: [[1], [null], null] } })).toEqual({
      data: { item: { grid: [[1], null, null] } },
      paths: [['item', 'grid', 1, 0]],
    });
  });

  it.each([
    [
      'an enum’s unknown value',
      '{ item { size } }',
      { item: { size: 'XXL' } },
      { item: { size: null } },
      ['item', 'size'],
    ],
    [
      'text for a number',
      '{ item { count } }',
      { item: { count: '3' } },
      { item: { count: null } },
      ['item', 'count'],
    ],
    ['an object for a list', '{ items { id } }', { items: {} }, { items: null }, ['items']],
    [
      'a type that clients do not know',
      '{ thing { id } }',
      { thing: { __typename: 'Secret', id: '1' } },
      { thing: null },
      ['thing'],
    ],
  ])('shows no %s', (_what, query, data, expected, path) => {
    expect(shaped(query, data)).toEqual({ data: expected, paths: [path] });
  });

  it('needs to know an object’s type only when the answer depends on it', () => {
    const thing = { __typename: 'Thing', id: '1', name: 'x' };
    expect(shaped('{ thing { id } }', { thing })).toEqual({ data: { thing: { id: '1' } }, paths: [] });
    for (const asking of ['__typename', '... on Other { name }'])
      expect(shaped(`{ thing { id ${asking} } }`, { thing })).toEqual({
        data: { thing: null },
        paths: [['thing']],
      });
  });
});
