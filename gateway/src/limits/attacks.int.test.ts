import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGraph } from '../supergraph/graph.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const repeat = (times: number, part: (n: number) => string) =>
  Array.from({ length: times }, (_, n) => part(n)).join(' ');
const overWebSocket = (query: string, to = gateway) =>
  new Promise<unknown>((resolve) => {
    to.connect().subscribe({ query }, { next: resolve, error: resolve, complete: () => resolve(null) });
  });

const attacks: readonly [string, string, string][] = [
  ['aliases', `query cop { ${repeat(101, (n) => `alias${n}:__typename`)} }`, 'BAD_USER_INPUT'],
  ['directives', `query cop { __typename ${'@aa'.repeat(10)} }`, 'BAD_USER_INPUT'],
  ['a field again and again', `query cop { ${repeat(500, () => '__typename')} }`, 'BAD_USER_INPUT'],
  [
    'a field again and again, below',
    `{ parcel(id: "p") { ${repeat(2_000, () => 'id')} } }`,
    'BAD_USER_INPUT',
  ],
  [
    'unused fragments',
    `{ me { id } } ${repeat(500, (n) => `fragment F${n} on Account { id }`)}`,
    'BAD_USER_INPUT',
  ],
  ['levels', `{ parcel(id: "p") ${'{ owner '.repeat(3_000)}`, 'BAD_USER_INPUT'],
  ['lists in lists', `{ parcel(id: ${'['.repeat(4_000)}`, 'BAD_USER_INPUT'],
  ['tokens', `{ ${repeat(6_000, () => 'a')} }`, 'BAD_USER_INPUT'],
  [
    'fragments in fragments',
    `{ parcel(id: "p") { ...F0 } } ${repeat(12, (n) => `fragment F${n} on Parcel { ...F${n + 1} ...F${n + 1} }`)} fragment F12 on Parcel { id }`,
    'BAD_USER_INPUT',
  ],
  [
    'circular fragments',
    'query { me { ...A } } fragment A on Account { ...B } fragment B on Account { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'circular introspection',
    `query cop { __schema { types { ${'fields { type { '.repeat(4)} name ${'} } '.repeat(4)} } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
];

describe('what public attack tools send', () => {
  it.each(attacks)('is refused: %s', async (_what, query, code) => {
    const { status, body } = await gateway.ask(query);
    expect([status, body.errors[0]?.extensions.code]).toEqual([400, code]);
    expect(gateway.parcels.requests.filter(({ body: sent }) => !sent.includes('__typename }'))).toEqual([]);
  });

  it.each(attacks)('is refused over WebSocket: %s', async (_what, query, code) => {
    for (const one of [query, query.replace(/^(query( cop)?)?/, 'subscription ')])
      expect(JSON.stringify(await overWebSocket(one))).toMatch(
        new RegExp(`"code":"(${code}|GRAPHQL_VALIDATION_FAILED)"`),
      );
  });

  it('is refused when it comes in an array', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Array(10).fill({ query: 'query cop { __typename }' })),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('is refused when it would change something by GET', async () => {
    const url = `${gateway.url}/graphql?query=${encodeURIComponent('mutation { signIn(name: "x") }')}`;
    const response = await fetch(url, { headers: { 'apollo-require-preflight': 'true' } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(url)).status).toBe(400); // the guard against foreign forms
  });
});

describe('what tools and clients send', () => {
  it('is let through: introspection of everything', async () => {
    const all = {
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
    };
    const { status, body } = await gateway.ask(getIntrospectionQuery(all));
    expect(status).toBe(200);
    const seen = buildClientSchema(body.data as unknown as IntrospectionQuery);
    expect(printSchema(seen)).toBe(printSchema(buildGraph(gateway.supergraphSdl).clientSchema));
  });

  it('is let through: a screen of a shop', async () => {
    const line = 'weight status owner { id name }';
    const { status } = await gateway.ask(
      `query Screen($id: ID!, $all: Boolean!) {
        ${repeat(15, (n) => `p${n}: parcel(id: $id) @include(if: $all) { id __typename ${line} }`)}
      }`,
      {},
      { id: 'p', all: false },
    );
    expect(status).toBe(200);
  });
});

describe('where the schema is hidden', () => {
  let hidden: TestGateway;
  beforeAll(async () => {
    hidden = await startTestGateway({ INTROSPECTION: 'false' });
  });
  afterAll(() => hidden.stop());

  const only = [
    {
      message: 'This operation is not valid here. The schema is not shown: ask those who run this graph.',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
  ];

  it.each([
    '{ parcle { id } alsoNot }',
    '{ parcel(id: 1) }',
    '{ __schema { types { name } } }',
    '{ __type(name: "Parcel") { name } }',
    'mutation { signin(name: "x") }',
  ])('says one thing only of %s', async (query) => {
    const { status, body } = await hidden.ask(query);
    expect([status, body.errors]).toEqual([400, only]);
  });

  it('says one thing only over WebSocket', async () => {
    const errors = await new Promise((resolve) => {
      hidden
        .connect()
        .subscribe(
          { query: 'subscription { parcelMovd { id } a { b } }' },
          { next: resolve, error: resolve, complete: () => {} },
        );
    });
    expect(errors).toEqual(only);
  });
});

describe('where little may be spent', () => {
  let frugal: TestGateway;
  beforeAll(async () => {
    frugal = await startTestGateway({ MAX_COST: '3' });
    frugal.moves.add('PACKED');
  });
  afterAll(() => frugal.stop());

  it('what a subgraph has priced is refused, and what is cheaper runs', async () => {
    const { status, body } = await frugal.ask('{ parcel(id: "p") { weight } }');
    expect([status, body.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(body.errors[0]?.message).toContain('may cost 4; at most 3');
    expect((await frugal.ask('{ parcel(id: "p") { status } }')).body.data).toEqual({
      parcel: { status: 'PACKED' },
    });
  });

  it.each(['query', 'subscription'])('a %s over WebSocket is, too', async (kind) => {
    const errors = await overWebSocket(`${kind} { parcel(id: "p") { weight } }`, frugal);
    expect(JSON.stringify(errors)).toContain('may cost 4; at most 3');
  });
});
