import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { admin, anyOf, customer, self, signedIn } from './audience.ts';
import { matrixOf, type Row } from './matrix.ts';
import { decided, each, only, open, own, type Policy } from './policy.ts';

const schema = buildSchema(`
  type Query { me: User, someone: User!, _entities: [_Entity]! }
  type Mutation { burn: Boolean }
  type User { id: ID!, email: String }
  union _Entity = User
`);
const mayBurn = () => true;
const policy: Policy = {
  Query: { me: [only(signedIn, 'NULL'), own], someone: open },
  Mutation: { burn: [only(customer), decided(mayBurn, ['owner'], 'refusal NOT_FOUND', 'it is dry')] },
  User: { '*': only(signedIn, 'NULL'), ...each(open, 'id'), email: only(anyOf(self, admin), 'NULL') },
};
const rows = matrixOf(schema, policy);
const row = (type: string, field: string): Row | undefined =>
  rows.find((each) => each.type === type && each.field === field);

describe('the matrix', () => {
  it('has a row for each field and each entity', () =>
    expect(rows.map(({ type, field, path }) => `${path} ${type}.${field}`)).toEqual([
      '_entities User.*',
      'query Query.me',
      'query Query.someone',
      'mutation Mutation.burn',
      'nested User.id',
      'nested User.email',
    ]));

  it('says what each seat is answered, and by what rule', () => {
    expect(row('User', 'email')).toMatchObject({
      rule: 'oneself or ADMIN',
      cells: {
        anonymous: 'null',
        stranger: 'null',
        owner: 'yes',
        seller: 'null',
        support: 'null',
        admin: 'yes',
      },
    });
    expect(row('Mutation', 'burn')).toMatchObject({
      rule: 'signed in, not SUPPORT, then `mayBurn`',
      when: 'it is dry',
      cells: {
        anonymous: 'UNAUTHENTICATED',
        support: 'FORBIDDEN',
        stranger: 'refusal NOT_FOUND',
        owner: 'yes',
      },
    });
  });

  it('adds the rule of the object to what leads there, as an error where null may not stand', () => {
    expect(row('User', '*')?.cells.anonymous).toBe('null');
    expect(row('Query', 'someone')?.cells.anonymous).toBe('NOT_FOUND');
    expect(row('Query', 'me')).toMatchObject({ own: true, cells: { anonymous: 'null' } });
  });
});
