import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { inProcessGraph, runIn } from '../testing/in-process-graph.ts';

const { graph, ask } = inProcessGraph([
  {
    name: 'shelf',
    sdl: `
      type Query { books: [Book!]!  first: Book }
      type Book @key(fields: "id place { room }") { id: ID!  title: String  place: Place! }
      type Place { room: Int! }`,
    resolvers: {
      Query: {
        books: () => ['a', 'b', 'a'].map((id) => ({ id, title: id.toUpperCase(), place: { room: 1 } })),
        first: () => ({ id: 'a', title: 'A', place: { room: 1 } }),
      },
    },
  },
  {
    name: 'ratings',
    sdl: `
      type Book @key(fields: "id place { room }") {
        id: ID! @external  place: Place! @external
        stars(scale: Int = 5): Int  votes: Int!
      }
      type Place { room: Int! @external }`,
    resolvers: {
      Book: {
        __resolveReference: (book: object) => book,
        stars: ({ id }: { id: string }, { scale }: { scale: number }) => {
          if (id === 'b') throw new GraphQLError('no stars', { extensions: { code: 'NO_STARS' } });
          return scale;
        },
        votes: ({ id }: { id: string }) => id.length,
      },
    },
  },
]);

const run = async (query: string, variables: Record<string, unknown> = {}, down = '') => {
  const asked: { subgraph: string; variables: Record<string, unknown> }[] = [];
  const result = await runIn(graph, query, variables, async (subgraph, question) => {
    asked.push({ subgraph, variables: JSON.parse(question.body).variables });
    return subgraph === down ? null : ask(subgraph, question);
  });
  return { ...result, asked };
};

describe('running an operation', () => {
  it('asks for an entity once, however often it occurs, and tells its error at each of its places', async () => {
    const { data, errors, asked } = await run('{ books { title n: stars } }');
    expect(data.books).toEqual([
      { title: 'A', n: 5 },
      { title: 'B', n: null },
      { title: 'A', n: 5 },
    ]);
    expect(errors).toEqual([[['books', 1, 'n'], 'NO_STARS']]);
    expect(asked.at(-1)?.variables.representations).toHaveLength(2);
  });

  it('answers one field with two sets of arguments', async () => {
    const { data } = await run('query ($s: Int) { first { a: stars(scale: $s) b: stars } }', { s: 10 });
    expect(data).toEqual({ first: { a: 10, b: 5 } });
  });

  it.each(['__proto__', 'constructor', 'toString'])('lets the client call a field %s', async (alias) => {
    const { data, errors } = await run(`{ first { ${alias}: title stars } }`);
    expect(Object.entries(data.first)).toEqual([
      [alias, 'A'],
      ['stars', 5],
    ]);
    expect(errors).toEqual([]);
  });

  it('asks no subgraph for what is skipped', async () => {
    const query = 'query ($all: Boolean = false) { first { title stars @include(if: $all) } }';
    expect((await run(query)).asked.map(({ subgraph }) => subgraph)).toEqual(['shelf']);
    expect((await run(query, { all: true })).data).toEqual({ first: { title: 'A', stars: 5 } });
  });

  it('gives what it has when a subgraph is down, and one error for it', async () => {
    const { data, errors } = await run('{ books { title stars } first { votes } }', {}, 'ratings');
    expect(data.books).toEqual([
      { title: 'A', stars: null },
      { title: 'B', stars: null },
      { title: 'A', stars: null },
    ]);
    expect(data.first).toBeNull();
    expect(errors.map(([, code]) => code)).toEqual(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']);
  });

  it('asks nobody when a variable does not fit', async () => {
    const { errors, asked } = await run('query ($s: Int) { first { stars(scale: $s) } }', { s: 'many' });
    expect(errors).toEqual([[undefined, 'BAD_USER_INPUT']]);
    expect(asked).toEqual([]);
  });

  it('answers introspection beside data', async () => {
    const { data } = await run('{ first { title } __type(name: "Place") { fields { name } } __typename }');
    expect(data).toEqual({
      first: { title: 'A' },
      __type: { fields: [{ name: 'room' }] },
      __typename: 'Query',
    });
  });
});
