import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { serveInProcess } from '../testing/in-process-graph.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Knows nothing of 9, fails for 8, and says of 7 what cannot be. */
const articleOf = async ({ id }: Fields) => {
  if (id === '8') throw new GraphQLError('no', { extensions: { code: 'NO' } });
  if (id === '9') return null;
  return { id, title: id === '7' ? null : `title ${id}`, note: null };
};

const run = serveInProcess([
  {
    name: 'articles',
    sdl: 'type Article @key(fields: "id") { id: ID!  title: String!  note: String } type Query { one: Article }',
    resolvers: { Article: { __resolveReference: articleOf } },
  },
  {
    name: 'lists',
    sdl: `
      type Query { wished(ids: [ID!]!): [Wish!]!  must: Must }
      type Wish { article: Article }
      type Must { article: Article! }
      type Article @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Query: {
        wished: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ article: { id } })),
        must: () => ({ article: { id: '9' } }),
      },
    },
  },
]);
const wished = (fields: string, ...ids: string[]) =>
  run(`{ wished(ids: ${JSON.stringify(ids)}) { article { ${fields} } } }`);

describe('an object that its subgraph does not know', () => {
  it('is null, and no failure, where it cannot be without what is missing', async () => {
    expect(await wished('id title', '1', '9', '9')).toEqual({
      data: {
        wished: [{ article: { id: '1', title: 'title 1' } }, { article: null }, { article: null }],
      },
      errors: [],
    });
  });
  it('is shown where it can be', async () => {
    expect(await wished('id note', '9')).toEqual({
      data: { wished: [{ article: { id: '9', note: null } }] },
      errors: [],
    });
  });
  it('is an error where there must be one', async () => {
    expect(await run('{ must { article { title } } }')).toEqual({
      data: { must: null },
      errors: [[['must', 'article'], 'INVALID_SUBGRAPH_ANSWER']],
    });
  });
});

it('a subgraph that failed, or broke its word, is still told of', async () => {
  expect(await wished('title', '8', '7')).toEqual({
    data: { wished: [{ article: null }, { article: null }] },
    errors: [
      [['wished', 0, 'article'], 'NO'],
      [['wished', 1, 'article', 'title'], undefined],
    ],
  });
});
