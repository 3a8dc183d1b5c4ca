import { buildSchema, GraphQLError, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { literalField } from './literal-field.ts';

const schema = buildSchema(`
  type Query { list(first: Int, after: Int, ids: [Int!], filter: Filter, deep: [[Filter!]!]): Int }
  input Filter { count: Int  counts: [Int!]  all: [Filter!]  must: Int! = 1 }
`);
const fieldsOf = (source: string) => validate(schema, parse(source)).map(literalField);

describe('the field of a literal that does not fit', () => {
  it.each([
    ['{ list(first: 99999999999) }', 'first'],
    ['{ list(after: 1, first: 99999999999, filter: { count: 1 }) }', 'first'],
    ['{ list(filter: { count: 1 }, first: "1") }', 'first'],
    ['{ list(ids: [1, 2, 99999999999]) }', 'ids'],
    ['{ list(filter: { counts: [1], count: 1.5 }) }', 'filter.count'],
    ['{ list(filter: { all: [{ count: 1 }, { all: [{ counts: [1, A] }] }] }) }', 'filter.all.all.counts'],
    ['{ list(deep: [[{ count: 1 }], [{ must: null }]]) }', 'deep.must'],
    ['{ a: list(first: 1) list(filter: 3) }', 'filter'],
    ['query ($n: Int = 99999999999) { list(first: $n) }', 'n'],
  ])('of %s is %s', (source, field) => expect(fieldsOf(source)).toEqual([field]));

  it('is none of another error', () => {
    expect(fieldsOf('{ lost }')).toEqual([null]);
    expect(fieldsOf('{ list(lost: 1) }')).toEqual([null]);
    expect(literalField(new GraphQLError('no place'))).toBeNull();
  });
});
