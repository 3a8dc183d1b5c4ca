import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measureOperation, refuseTooLarge } from './operation-size.ts';

const schema = buildSchema(`
  type Query { items(first: Int = 20): [Item!]! one: Item }
  type Item { name: String  items(first: Int = 20): [Item!]! }
`);
const read = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query);
  const definition = getOperationAST(document);
  if (!definition) throw new Error('no operation');
  return { schema, document, definition, variables };
};
const nodes = (query: string, variables?: Record<string, unknown>) =>
  measureOperation(read(query, variables)).nodes;

describe('the size of an operation', () => {
  it.each([
    ['a field that is no list', '{ one { name } }', 0],
    ['a page of the usual size', '{ items { name } }', 20],
    ['a page of another', '{ items(first: 3) { name } }', 3],
    ['a page in a page', '{ items(first: 3) { items(first: 5) { name } } }', 3 * (1 + 5)],
    ['several at once', '{ a: items(first: 3) { name } b: items(first: 4) { name } }', 7],
    [
      'a page in fragments',
      '{ ...A } fragment A on Query { items(first: 3) { ... on Item { items(first: 5) { name } } } }',
      18,
    ],
    ['a negative page', '{ items(first: -5) { name } }', 0],
  ])('counts %s', (_what, query, expected) => expect(nodes(query)).toBe(expected));

  it('takes variables, and their defaults', () => {
    const query = 'query ($n: Int = 7) { items(first: $n) { name } }';
    expect(nodes(query)).toBe(7);
    expect(nodes(query, { n: 9 })).toBe(9);
  });

  it('is measured in linear time, however often fragments are spread', () => {
    const chain = Array.from(
      { length: 60 },
      (_, level) =>
        `fragment F${level} on Item { a: items { ...F${level + 1} } b: items { ...F${level + 1} } }`,
    );
    const query = `{ one { ...F0 } } ${chain.join(' ')} fragment F60 on Item { name }`;
    expect(measureOperation(read(query)).depth).toBe(62);
  });
});

describe('an operation', () => {
  const limits = { maxDepth: 3, maxNodes: 100 };
  it('within the limits may run', () => {
    expect(refuseTooLarge(read('{ items(first: 9) { items(first: 10) { name } } }'), limits)).toBeNull();
  });
  it.each([
    '{ items(first: 10) { items(first: 10) { name } } }',
    '{ one { items(first: 1) { items(first: 1) { name } } } }',
  ])('beyond them is refused with what to do: %s', (query) => {
    expect(refuseTooLarge(read(query), limits)?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      http: { status: 400 },
    });
  });
});
