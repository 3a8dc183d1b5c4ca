import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { askSubgraph } from './ask-subgraph.ts';
import { type Person, seated } from './cast.ts';
import { matrices } from './matrix.ts';

let eve: Person;
beforeAll(async () => {
  eve = await seated('stranger', randomUUID());
});

const load = async (subgraph: string, of: readonly unknown[], selection: string) => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ${selection} } }`;
  return askSubgraph(subgraph, await eve.internalToken(subgraph), query, { of });
};

/** A private field of each subgraph, and how it looks to who may not see it. */
const hidden = [
  ['users', 'User', '... on User { email }', null],
  ['products', 'Product', '... on Product { title }', null],
  ['inventory', 'ProductVariant', '... on ProductVariant { availability { available } }', 'availability'],
  ['orders', 'Order', '... on Order { number }', null],
  ['payments', 'Order', '... on Order { payment { id } }', 'payment'],
] as const;

describe.each(hidden)('%s, asked for what it does not know', (subgraph, type, selection, field) => {
  const nothing = field === null ? null : { __typename: type, [field]: null };

  it('answers 10,000 strange ids with nothing, one by one', async () => {
    const of = Array.from({ length: 10_000 }, () => ({ __typename: type, id: randomUUID() }));
    const { data, errors } = await load(subgraph, of, selection);
    expect(errors).toEqual([]);
    const found = (data as { _entities: unknown[] })._entities;
    expect(found).toHaveLength(10_000);
    expect(new Set(found.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(nothing)]));
  });

  it.each([
    ['an empty id', ''],
    ['a long id', 'x'.repeat(100_000)],
    ['an id in many bytes', '𝔞'.repeat(1000)],
    ['an id that would be SQL', "' OR 1=1 --"],
  ])('answers %s with nothing', async (_what, id) => {
    const { data, errors } = await load(subgraph, [{ __typename: type, id }], selection);
    expect(errors).toEqual([]);
    expect(data).toEqual({ _entities: [nothing] });
  });
});

describe.each(Object.keys(matrices))('%s, asked for what is no entity of its', (subgraph) => {
  it.each([
    ['an unknown type', { __typename: 'Secret', id: '1' }],
    ['a root', { __typename: 'Query', id: '1' }],
    ['a type without a key', { __typename: 'Money', amount: '1', currency: 'GBP' }],
    ['a word of every object', { __typename: 'constructor', id: '1' }],
    ['no type', { id: '1' }],
    [
      'an id that is an object',
      { __typename: subgraph === 'inventory' ? 'ProductVariant' : 'User', id: {} },
    ],
    ['a text', 'User'],
  ])('refuses %s with a code', async (_what, representation) => {
    const { data, errors } = await load(subgraph, [representation], '');
    expect(data).toBeNull();
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('refuses an id with a NUL with a code', async () => {
    const { errors } = await load(subgraph, [{ __typename: 'Order', id: '\0' }], '');
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });
});
