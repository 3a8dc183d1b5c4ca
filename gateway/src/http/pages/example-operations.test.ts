import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { exampleOperations } from './example-operations.ts';

const schema = buildSchema(`
  type Query { "All of it." shop: Shop  find(text: String!, filter: Filter): [Result!]! }
  type Mutation { add(input: AddInput!): Boolean }
  type Shop { name: String!  owner: Person  item(id: ID!): Item  old: Int @deprecated }
  type Person { name: String!  shop: Shop }
  type Item { id: ID! }
  union Result = Shop | Item
  enum Kind { BOOK TOY }
  input Filter { kind: Kind }
  input AddInput { kind: Kind!  prices: [Int!]!  note: String }
`);

it('gives a valid operation for each root field, with variables to fill in', () => {
  const examples = exampleOperations(schema);
  expect(examples.map(({ kind, field }) => `${kind} ${field}`)).toEqual([
    'query shop',
    'query find',
    'mutation add',
  ]);
  for (const { document } of examples) expect(validate(schema, parse(document))).toEqual([]);
  const [shop, find, add] = examples;
  expect(shop?.description).toBe('All of it.');
  expect(shop?.document).toBe('query Shop {\n  shop {\n    name\n    owner {\n      name\n    }\n  }\n}');
  expect(find?.document).toContain('... on Item');
  expect(JSON.parse(find?.variables ?? '')).toEqual({ text: '' });
  expect(JSON.parse(add?.variables ?? '')).toEqual({ input: { kind: 'BOOK', prices: [1] } });
});

it('brings the id where a thing is found by its id or by something else', () => {
  const either = buildSchema('type Query { item(id: ID, name: String): Item } type Item { id: ID! }');
  const [item] = exampleOperations(either);
  expect(item?.document).toBe('query Item($id: ID) {\n  item(id: $id) {\n    id\n  }\n}');
  expect(JSON.parse(item?.variables ?? '')).toEqual({ id: '' });
});

it('gives operations that are valid for the graph that is committed, and a product by its id', () => {
  const committed = path.resolve(import.meta.dirname, '../../../../schema/api.graphql');
  const graph = buildSchema(readFileSync(committed, 'utf8'));
  const examples = exampleOperations(graph);
  for (const { document } of examples) expect(validate(graph, parse(document))).toEqual([]);
  const product = examples.find(({ field }) => field === 'product');
  expect(product?.document).toMatch(/^query Product\(\$id: ID\) \{\s+product\(id: \$id\) \{/);
});
