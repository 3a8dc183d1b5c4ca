import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { serveInProcess } from '../testing/in-process-graph.ts';

type Fields = Readonly<Record<string, unknown>>;
const itself = { __resolveReference: (reference: Fields) => reference };
const media = new Map<unknown, Fields>([
  ['1', { __typename: 'Film', id: '1', name: 'one', director: 'd' }],
  ['2', { __typename: 'Song', id: '2', name: 'two' }],
]);
/** Knows nothing of 9, and fails for 8. */
const mediumOf = async ({ id }: Fields) => {
  if (id === '8') throw new GraphQLError('no', { extensions: { code: 'NO' } });
  return media.get(id) ?? null;
};
const byReference = { __resolveReference: mediumOf };

const run = serveInProcess([
  {
    name: 'catalogue',
    sdl: `
      type Query { media: [Media] }
      interface Media @key(fields: "id") { id: ID!  name: String }
      type Film implements Media @key(fields: "id") { id: ID!  name: String  director: String }
      type Song implements Media @key(fields: "id") { id: ID!  name: String }`,
    resolvers: {
      Query: { media: () => [...media.values()] },
      Media: { ...byReference, __resolveType: ({ __typename }: Fields) => __typename },
      Film: byReference,
      Song: byReference,
    },
  },
  {
    name: 'reviews',
    sdl: `
      type Query { best: [Media]  failing: [Media]  must: Media! }
      type Media @key(fields: "id") @interfaceObject { id: ID!  stars: Int }`,
    resolvers: {
      Query: {
        best: () => ['1', '9', '2'].map((id) => ({ id })),
        failing: () => ['8', '9'].map((id) => ({ id })),
        must: () => ({ id: '9' }),
      },
      Media: { ...itself, stars: ({ id }: Fields) => Number(id) },
    },
  },
  {
    name: 'ranks',
    sdl: 'type Media @key(fields: "id") @interfaceObject { id: ID!  rank: Int }',
    resolvers: {
      Media: {
        __resolveReference: ({ id }: Fields) => (id === '2' ? null : { id }),
        rank: ({ id }: Fields) => Number(id) * 10,
      },
    },
  },
]);

const unresolved = [[['best', 1], 'INVALID_SUBGRAPH_ANSWER']];

describe('an object known by its interface only', () => {
  it.each([
    ['{ best { name } }', [{ name: 'one' }, null, { name: 'two' }]],
    ['{ best { stars name } }', [{ stars: 1, name: 'one' }, null, { stars: 2, name: 'two' }]],
    [
      '{ best { stars __typename } }',
      [{ stars: 1, __typename: 'Film' }, null, { stars: 2, __typename: 'Song' }],
    ],
    ['{ best { ... on Film { director } } }', [{ director: 'd' }, null, {}]],
    ['{ best { rank name } }', [{ rank: 10, name: 'one' }, null, { rank: null, name: 'two' }]],
  ])('is an error, and not nulls, when its owner does not know it: %s', async (query, best) => {
    expect(await run(query)).toEqual({ data: { best }, errors: unresolved });
  });

  it('lets null rise from where one may not be', async () => {
    expect(await run('{ must { name } }')).toEqual({
      data: null,
      errors: [[['must'], 'INVALID_SUBGRAPH_ANSWER']],
    });
  });

  it('is whole without its owner when nothing is asked of it', async () => {
    expect(await run('{ best { id stars rank } }')).toEqual({
      data: {
        best: [
          { id: '1', stars: 1, rank: 10 },
          { id: '9', stars: 9, rank: 90 },
          { id: '2', stars: 2, rank: null },
        ],
      },
      errors: [],
    });
  });

  it('keeps what others said when its owner fails', async () => {
    expect(await run('{ failing { stars name } }')).toEqual({
      data: { failing: [{ stars: 8, name: null }, null] },
      errors: [
        [['failing', 0], 'NO'],
        [['failing', 1], 'INVALID_SUBGRAPH_ANSWER'],
      ],
    });
  });

  it('keeps what others said when its owner is down', async () => {
    expect(await run('{ failing { stars name } }', {}, 'catalogue')).toEqual({
      data: {
        failing: [
          { stars: 8, name: null },
          { stars: 9, name: null },
        ],
      },
      errors: [[['failing'], 'SUBGRAPH_UNAVAILABLE']],
    });
  });

  it('is completed by those who know it by its interface', async () => {
    expect(await run('{ media { __typename stars rank } }')).toEqual({
      data: {
        media: [
          { __typename: 'Film', stars: 1, rank: 10 },
          { __typename: 'Song', stars: 2, rank: null },
        ],
      },
      errors: [],
    });
  });
});
