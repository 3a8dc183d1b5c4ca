import { buildSchema, printType } from 'graphql';
import { expect, it } from 'vitest';
import { restSchema } from './rest-schema.ts';

it('only root fields take arguments', () => {
  const schema = restSchema(
    buildSchema(`
      type Query { me: Person  people(first: Int): [Person] }
      type Person { id: ID!  friends(first: Int): [Person]  name: String }
    `),
  );
  const shown = (name: string) => printType(schema.getType(name) as never).replace(/\s+/g, ' ');
  expect(shown('Query')).toBe('type Query { me: Person people(first: Int): [Person] }');
  expect(shown('Person')).toBe('type Person { id: ID! name: String }');
});
