import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  graphql,
  parse,
  subscribe,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../identity/viewer.ts';
import { admin, anyOf, customer, self, signedIn, those } from './audience.ts';
import { checkPolicy } from './check-policy.ts';
import { enforcePolicy, guardReference } from './enforce-policy.ts';
import { each, only, open, own, type Policy } from './policy.ts';
import { viewerIn } from './seats.ts';

const typeDefs = parse(`
  type Query { diary: Diary, shelf: [Diary!]!, wanted: Diary!, found: Found, mine: Diary, account(id: ID!): Account }
  type Mutation { write: Boolean, burn: Boolean }
  type Subscription { pages: Diary! }
  type Diary { owner: ID!, text: String! }
  type Blank { size: Int! }
  union Found = Diary | Blank
  type Account @key(fields: "id") { id: ID!, email: String }
`);

type Diary = { __typename: 'Diary'; owner: string; text: string };
const diaryOf = (owner: string): Diary => ({ __typename: 'Diary', owner, text: `Dear ${owner}` });
const asked: string[] = [];
const noted =
  <Value>(what: string, value: Value) =>
  () => {
    asked.push(what);
    return value;
  };

const keeper = those('its keeper', ['owner'], ({ id }, diary: Diary) => id === diary.owner);
const policy: Policy = {
  Query: { ...each(open, 'diary', 'shelf', 'wanted', 'found', 'account'), mine: own },
  Mutation: { write: only(customer), burn: only(admin) },
  Subscription: { pages: only(signedIn) },
  Diary: { '*': only(keeper, 'NULL'), ...each(open, 'owner', 'text') },
  Blank: { size: open },
  Account: { '*': only(signedIn, 'NULL'), id: open, email: only(anyOf(self, admin), 'NULL') },
};

async function* pages() {
  yield diaryOf('owner');
  yield diaryOf('stranger');
}

const resolvers = {
  Query: {
    diary: async () => diaryOf('owner'),
    shelf: () => [diaryOf('owner')],
    wanted: () => diaryOf('owner'),
    found: () => diaryOf('owner'),
    mine: () => diaryOf('owner'),
    account: (_: unknown, { id }: { id: string }) => ({ id, email: `${id}@emporium.test` }),
  },
  Mutation: { write: noted('write', true), burn: noted('burn', true) },
  Subscription: { pages: { subscribe: () => pages(), resolve: (diary: Diary) => diary } },
  Account: {
    __resolveReference: guardReference(policy, 'Account', async ({ id }: { id: string }) => ({
      id,
      email: `${id}@emporium.test`,
    })),
  },
};

const build = (): GraphQLSchema => buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
const schema = build();
checkPolicy(schema, policy);
enforcePolicy(schema, policy);

const ask = async (viewer: Viewer, source: string, variableValues = {}) => {
  asked.length = 0;
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: { viewer } });
  return { data: JSON.parse(JSON.stringify(data ?? null)), codes: errors?.map((e) => e.extensions.code) };
};

describe('a policy, where it is enforced', () => {
  it('stops before the resolver is asked', async () => {
    expect(await ask(viewerIn('anonymous'), 'mutation { write }')).toMatchObject({
      codes: ['UNAUTHENTICATED'],
    });
    expect(await ask(viewerIn('support'), 'mutation { write }')).toMatchObject({ codes: ['FORBIDDEN'] });
    expect(await ask(viewerIn('stranger'), 'mutation { burn }')).toMatchObject({ codes: ['FORBIDDEN'] });
    expect(asked).toEqual([]);
    expect((await ask(viewerIn('admin'), 'mutation { write burn }')).data).toEqual({
      write: true,
      burn: true,
    });
  });

  it.each([
    ['alone', '{ diary { text } }', { diary: { text: 'Dear owner' } }, { diary: null }, undefined],
    [
      'as a member of a union',
      '{ found { ... on Diary { text } } }',
      { found: { text: 'Dear owner' } },
      { found: null },
      undefined,
    ],
    [
      'where null may not stand',
      '{ wanted { text } }',
      { wanted: { text: 'Dear owner' } },
      null,
      ['NOT_FOUND'],
    ],
    ['in a list', '{ shelf { text } }', { shelf: [{ text: 'Dear owner' }] }, null, ['NOT_FOUND']],
  ])('hides an object from others %s', async (_how, source, seen, hidden, codes) => {
    expect(await ask(viewerIn('owner'), source)).toEqual({ data: seen, codes: undefined });
    expect(await ask(viewerIn('stranger'), source)).toEqual({ data: hidden, codes });
  });

  it('asks nothing of what leads to the receiver’s own', async () => {
    expect((await ask(viewerIn('stranger'), '{ mine { text } }')).data).toEqual({
      mine: { text: 'Dear owner' },
    });
  });

  it('hides a field of an object that is seen', async () => {
    const source = '{ account(id: "owner") { id email } }';
    const of = async (viewer: Viewer) => (await ask(viewer, source)).data.account;
    expect(await of(viewerIn('owner'))).toEqual({ id: 'owner', email: 'owner@emporium.test' });
    expect(await of(viewerIn('admin'))).toEqual({ id: 'owner', email: 'owner@emporium.test' });
    expect(await of(viewerIn('seller'))).toEqual({ id: 'owner', email: null });
    expect(await of(viewerIn('anonymous'))).toBeNull();
  });

  it('holds for references, too', async () => {
    const source =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Account { id email } } }';
    const of = [{ __typename: 'Account', id: 'owner' }];
    const seen = async (viewer: Viewer) => (await ask(viewer, source, { of })).data._entities;
    expect(await seen(viewerIn('owner'))).toEqual([{ id: 'owner', email: 'owner@emporium.test' }]);
    expect(await seen(viewerIn('seller'))).toEqual([{ id: 'owner', email: null }]);
    expect(await seen(viewerIn('anonymous'))).toEqual([null]);
  });

  it('holds when a subscription begins and for each of its events', async () => {
    const begin = (viewer: Viewer) =>
      subscribe({ schema, document: parse('subscription { pages { text } }'), contextValue: { viewer } });
    expect(await begin(viewerIn('anonymous'))).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    const events: ExecutionResult[] = [];
    for await (const event of (await begin(viewerIn('owner'))) as AsyncIterable<ExecutionResult>)
      events.push(event);
    expect(events).toMatchObject([
      { data: { pages: { text: 'Dear owner' } } },
      { data: null, errors: [{ extensions: { code: 'NOT_FOUND' } }] },
    ]);
  });

  it('leaves alone what is open and leads to nothing guarded', () => {
    const bare = build();
    const resolverOf = (of: GraphQLSchema, type: string, field: string) =>
      (
        of.getType(type) as {
          getFields(): Record<string, { resolve?: GraphQLFieldResolver<unknown, unknown> }>;
        }
      ).getFields()[field]?.resolve;
    expect(resolverOf(schema, 'Query', 'account')).not.toBe(resolverOf(bare, 'Query', 'account'));
    expect(resolverOf(schema, 'Query', 'mine')).toBe(resolverOf(bare, 'Query', 'mine'));
    for (const field of ['owner', 'text']) expect(resolverOf(schema, 'Diary', field)).toBeUndefined();
    expect(resolverOf(schema, 'Account', 'id')).toBeUndefined();
  });
});
