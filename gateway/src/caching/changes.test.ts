import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { CacheHints } from './cache-hints.ts';
import { prepareChanges } from './caching.ts';

const clientSchema = buildSchema(`
  type Query { book: Book }
  type Mutation { rename: RenameResult!  sort: [Book!]  lend: Boolean }
  union RenameResult = Book | Refusal
  type Book { id: ID!  title: String  author: Author }
  type Author { id: ID! }
  type Refusal { message: String }`);
const cacheHints = { keyOf: (type: string) => (type === 'Refusal' ? undefined : ['id']) } as CacheHints;

const changes = (query: string, data: Record<string, unknown>) => {
  const document = parse(query);
  const definition = getOperationAST(document);
  if (!definition) throw new Error('no operation');
  return prepareChanges({ clientSchema, cacheHints }, document, definition)?.(data);
};

describe('a mutation changed', () => {
  it('the object that it answers with, and not what that leads to', () =>
    expect(
      changes('mutation { a: rename { __typename ... on Book { key: id author { id } } } }', {
        a: { __typename: 'Book', key: '1', author: { id: '2' } },
      }),
    ).toEqual([{ typename: 'Book', key: { id: '1' } }]));

  it('each object of a list', () =>
    expect(changes('mutation { sort { id } }', { sort: [{ id: '1' }, { id: '2' }] })).toEqual([
      { typename: 'Book', key: { id: '1' } },
      { typename: 'Book', key: { id: '2' } },
    ]));

  it('its type as a whole, where the key was not asked for', () =>
    expect(changes('mutation { rename { __typename } }', { rename: { __typename: 'Book' } })).toEqual([
      { typename: 'Book', key: null },
    ]));

  it('any type that it may be, where that was not asked for', () =>
    expect(changes('mutation { rename { ... on Book { id } } }', { rename: { id: '1' } })).toEqual([
      { typename: 'Book' },
      { typename: 'Refusal' },
    ]));

  it('nothing that it answers with no object', () =>
    expect(changes('mutation { sort { id } lend }', { sort: null, lend: true })).toEqual([]));

  it('nothing, when it is a query', () => expect(changes('{ book { id } }', {})).toBeUndefined());
});
