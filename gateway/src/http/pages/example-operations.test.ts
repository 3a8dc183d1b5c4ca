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
