import { GraphQLError, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { held } from '../../testing/held.ts';
import { inProcessGraph, operationIn, runIn } from '../../testing/in-process-graph.ts';
import { deferLabels, deferNoRootFields } from './defer-rules.ts';
import { prepareDeferral } from './prepared-deferral.ts';
import { type DeferredAnswer, runDeferral } from './run-deferral.ts';

const book = (id: string) => ({ id, title: id.toUpperCase(), cover: { colour: 'red', weight: 1 } });
const { graph, ask: askAll } = inProcessGraph([
  {
    name: 'shelf',
    sdl: `
      type Query { books: [Book!]  first: Book  item(kind: String!): Item }
      type Mutation { lend: Book }
      union Item = Book | Map
      type Map { title: String  cover: Cover }
      type Cover { colour: String  weight: Int! }
      type Book @key(fields: "id") { id: ID!  title: String  cover: Cover  next: Book }`,
    resolvers: {
      Query: {
        books: () => ['a', 'b', 'c'].map(book),
        first: () => book('a'),
        item: (_: unknown, { kind }: { kind: string }) =>
          kind === 'book'
            ? { __typename: 'Book', ...book('a') }
            : { __typename: 'Map', title: 'M', cover: { colour: 'blue', weight: 2 } },
      },
      Mutation: { lend: () => book('b') },
      Book: { __resolveReference: ({ id }: { id: string }) => book(id), next: () => book('c') },
    },
  },
  {
    name: 'ratings',
    sdl: `
      type Book @key(fields: "id") { id: ID!  stars: Int  votes: Int!  writer: Writer }
      type Writer @key(fields: "name") { name: String! }`,
    resolvers: {
      Book: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        stars: ({ id }: { id: string }) => {
          if (id === 'b') throw new GraphQLError('no stars', { extensions: { code: 'NO_STARS' } });
          return 5;
        },
        votes: ({ id }: { id: string }) => (id === 'c' ? null : 7),
        writer: ({ id }: { id: string }) => ({ name: `writer of ${id}` }),
      },
    },
  },
  {
    name: 'writers',
    sdl: `type Writer @key(fields: "name") { name: String!  born: Int }`,
    resolvers: {
      Writer: { __resolveReference: (writer: object) => writer, born: () => 1900 },
    },
  },
]);

const inParts = async (query: string, variables = {}, ask = askAll) => {
  const { document, definition } = operationIn(query);
  const deferral = prepareDeferral(graph, document, definition);
  if (!deferral) throw new Error('nothing is put off');
  const { first, rest } = await runDeferral(deferral, variables, ask);
  const groups: DeferredAnswer[][] = [];
  for await (const group of rest ?? []) groups.push([...group]);
  return { first: JSON.parse(JSON.stringify(first)), groups: JSON.parse(JSON.stringify(groups)) };
};

type Loose = { [key: string]: Loose };

/** What a client makes of all parts. */
const assembled = ({ first, groups }: Awaited<ReturnType<typeof inParts>>) => {
  const data = structuredClone(first.data);
  for (const { path, data: part } of groups.flat() as DeferredAnswer[]) {
    const target = path.reduce<Loose>((value, step) => value[step] as Loose, data);
    mergeInto(target, part as never);
  }
  return data;
};
const mergeInto = (target: Loose, source: Loose): void => {
  for (const [key, value] of Object.entries(source ?? {})) {
    if (target[key] && value && typeof value === 'object') mergeInto(target[key], value);
    else target[key] = value;
  }
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

describe('an operation that puts something off', () => {
  it('answers first what is not put off, and then each object of a list', async () => {
    const { first, groups } = await inParts(
      '{ books { title ... @defer(label: "w") { writer { name } } } }',
    );
    expect(first).toEqual({ data: { books: [{ title: 'A' }, { title: 'B' }, { title: 'C' }] } });
    expect(groups).toEqual([
      ['a', 'b', 'c'].map((id, index) => ({
        label: 'w',
        path: ['books', index],
        data: { writer: { name: `writer of ${id}` } },
      })),
    ]);
  });

  it('answers first although a part is not there yet, and asks for it meanwhile', async () => {
    const { until, release } = held();
    const { document, definition } = operationIn('{ first { title ... @defer { stars } } }');
    const deferral = prepareDeferral(graph, document, definition);
    if (!deferral) throw new Error('nothing is put off');
    const { first, rest } = await runDeferral(deferral, {}, async (subgraph, question) => {
      if (subgraph === 'ratings') await until;
      return askAll(subgraph, question);
    });
    expect(first).toEqual({ data: { first: { title: 'A' } } });
    release();
    const groups = [];
    for await (const group of rest ?? []) groups.push(group);
    expect(groups).toEqual([[{ path: ['first'], data: { stars: 5 } }]]);
  });

  it('asks for a part as soon as it can, not only after the first answer', async () => {
    const asked: string[] = [];
    const { until, release } = held();
    await inParts(
      '{ first { title stars ... @defer { next { title cover { colour } } writer { born } } } }',
      {},
      async (subgraph, question) => {
        asked.push(subgraph);
        if (subgraph === 'ratings' && asked.filter((name) => name === 'ratings').length === 1) await until;
        if (asked.filter((name) => name === 'ratings').length === 2) release();
        return askAll(subgraph, question);
      },
    );
    expect(asked.filter((name) => name === 'ratings')).toHaveLength(2);
  });

  it('tells an error of a part in that part', async () => {
    const { first, groups } = await inParts('{ books { id ... @defer { stars } } }');
    expect(first.errors).toBeUndefined();
    expect(groups[0]?.[1]).toEqual({
      path: ['books', 1],
      data: { stars: null },
      errors: [expect.objectContaining({ path: ['books', 1, 'stars'], message: 'no stars' })],
    });
    expect(groups[0]?.[0]?.errors).toBeUndefined();
  });

  it('nulls a part where null may not stand, and no more than the part', async () => {
    const { groups } = await inParts('{ books { id ... @defer { votes } } }');
    expect(groups[0]?.map(({ data }: DeferredAnswer) => data)).toEqual([{ votes: 7 }, { votes: 7 }, null]);
    expect(groups[0]?.[2]?.errors).toHaveLength(1);
  });

  it('answers nothing below what the first answer has nulled', async () => {
    const { first, groups } = await inParts('{ books { votes ... @defer { title } } }');
    expect(first.data).toEqual({ books: null });
    expect(groups).toEqual([]);
  });

  it('answers a part of a part after it', async () => {
    const { groups } = await inParts(
      '{ first { id ... @defer(label: "out") { title writer { name ... @defer(label: "in") { born } } } } }',
    );
    expect(groups.map(([part]: DeferredAnswer[]) => part?.label)).toEqual(['out', 'in']);
    expect(groups[1]).toEqual([{ label: 'in', path: ['first', 'writer'], data: { born: 1900 } }]);
  });

  it('puts off only where the fragment applies', async () => {
    const query = `query($kind: String!) { item(kind: $kind) {
      ... on Book { cover { colour ... @defer { weight } } }  ... on Map { cover { colour } } } }`;
    expect((await inParts(query, { kind: 'map' })).groups).toEqual([]);
    expect((await inParts(query, { kind: 'book' })).groups).toEqual([
      [{ path: ['item', 'cover'], data: { weight: 1 } }],
    ]);
  });

  it('does as the condition says', async () => {
    const query = 'query($d: Boolean = true) { first { title ... @defer(if: $d) { stars } } }';
    expect((await inParts(query, { d: false })).first.data).toEqual({ first: { title: 'A', stars: 5 } });
    expect((await inParts(query)).first.data).toEqual({ first: { title: 'A' } });
  });

  it.each([
    '{ ... @defer { books { title } } first { id } }',
    'query { ...All @defer } fragment All on Query { first { id ...B @defer } books { id } } fragment B on Book { title stars }',
    '{ books { ...B } first { ...B } } fragment B on Book { id ... @defer { title writer { born } } }',
    '{ first { id ... @defer { id title } ... @defer { title stars writer { name } } } }',
    '{ books { id ... @defer { __typename writer { name } } } first { ... @defer { id } } }',
    '{ first { id ... @defer { title ... @include(if: false) { stars } } } }',
    '{ first { next { id ... @defer { stars next { title ... @defer { writer { born } } } } } } }',
    '{ __schema { queryType { name } } first { ... @defer { cover { colour ... @defer { weight } } } } }',
  ])('comes to the same in parts as at once: %s', async (query) => {
    expect(validate(graph.clientSchema, parse(query))).toEqual([]);
    const parts = await inParts(query);
    expect(sorted(assembled(parts))).toEqual(sorted((await runIn(graph, query, {}, askAll)).data));
  });

  it('is answered at once when it puts off too much', () => {
    const many = Array.from({ length: 80 }, (_, index) => `f${index}: first { ... @defer { id } }`);
    const { document, definition } = operationIn(`{ ${many.join(' ')} }`);
    expect(prepareDeferral(graph, document, definition)).toBeNull();
  });
});

describe('the rules of @defer', () => {
  const broken = (query: string) =>
    validate(graph.clientSchema, parse(query), [deferLabels, deferNoRootFields]).map(
      ({ message }) => message,
    );
  it('wants labels that can be told apart', () => {
    expect(
      broken('{ first { ... @defer(label: "a") { id } ... @defer(label: "a") { title } } }'),
    ).toHaveLength(1);
    expect(broken('query($l: String) { first { ... @defer(label: $l) { id } } }')).toHaveLength(1);
    expect(broken('{ first { ... @defer(label: "a") { id } ... @defer { title } } }')).toEqual([]);
  });
  it('puts off no root field of a mutation', () => {
    expect(broken('mutation { ... @defer { lend { id } } }')).toHaveLength(1);
    expect(broken('mutation { lend { ... @defer { id } } }')).toEqual([]);
  });
});
