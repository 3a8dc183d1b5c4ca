import { decodeEvent, sellerChanged } from '@emporium/contracts';
import { testDatabase } from '@emporium/testing';
import { v7 as newId, v5 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedAccounts } from './application/seed-accounts.ts';
import {
  loginMutation,
  registerSomebody,
  startUsersUnderTest,
  type UsersUnderTest,
} from './users-under-test.ts';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const becomeSeller = (displayName: string, as: { id?: string } = {}) =>
  users.ask(
    `mutation ($input: BecomeSellerInput!) { becomeSeller(input: $input) {
      __typename ... on Seller { id displayName } ... on SellerRefusal { code message } } }`,
    { as, variables: { input: { displayName } } },
  );

const told = async (sellerId: string) => {
  const rows = await users.prisma.outboxMessage.findMany({ where: { aggregateId: sellerId } });
  return rows.map(({ envelope }) => decodeEvent(sellerChanged, envelope).payload);
};

describe('becoming a seller', () => {
  it('opens a shop that anybody may see, and tells the others', async () => {
    const { id } = await registerSomebody(users);
    const { data } = await becomeSeller(' Lovelace & Co ', { id });
    expect(data.becomeSeller).toEqual({ __typename: 'Seller', id, displayName: 'Lovelace & Co' });
    const seen = await users.ask(
      'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Seller { displayName } } }',
      { variables: { ids: [id, newId()].map((each) => ({ __typename: 'Seller', id: each })) } },
    );
    expect(seen.data).toEqual({ _entities: [{ displayName: 'Lovelace & Co' }, null] });
    expect(await told(id)).toEqual([
      { sellerId: id, displayName: 'Lovelace & Co', active: true, version: 1 },
    ]);
  });

  it('happens once, also when asked for at once', async () => {
    const { id } = await registerSomebody(users);
    const answers = await Promise.all(['One', 'Two', 'Three'].map((name) => becomeSeller(name, { id })));
    const outcomes = answers.map(({ data }) => data.becomeSeller.code ?? data.becomeSeller.__typename);
    expect(outcomes.toSorted()).toEqual(['ALREADY_A_SELLER', 'ALREADY_A_SELLER', 'Seller']);
    expect(await told(id)).toHaveLength(1);
    expect((await users.prisma.user.findUniqueOrThrow({ where: { id } })).roles).toEqual([
      'BUYER',
      'SELLER',
    ]);
  });

  it.each([
    ['nobody', {}],
    ['somebody who is gone', { id: newId() }],
  ])('is not for %s', async (_who, as) => {
    expect((await becomeSeller('Shop', as)).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  it('where nobody is asked gives the role to an account that is not verified', async () => {
    const { id } = await registerSomebody(users);
    const { data } = await users.ask(
      'mutation { becomeSeller(input: { displayName: "Shop" }) { ... on Seller { status } } }',
      { as: { id } },
    );
    expect(data.becomeSeller).toEqual({ status: 'ACTIVE' });
  });

  it('needs a name that can be shown', async () => {
    const { id } = await registerSomebody(users);
    expect((await becomeSeller('\u202e', { id })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', field: 'input.displayName' } },
    ]);
    expect(await told(id)).toEqual([]);
  });
});

describe('the demonstration accounts', () => {
  const idOf = (email: string) => v5(email, v5.URL);

  it('can be opened again and again, with ids that others can derive', async () => {
    await seedAccounts(users.app, idOf);
    await seedAccounts(users.app, idOf);
    const input = { email: 'seller@emporium.test', password: 'emporium-demo' };
    const { data } = await users.ask(loginMutation, { variables: { input } });
    expect(data.login.user.id).toBe(idOf('seller@emporium.test'));
    expect(await told(idOf('seller@emporium.test'))).toHaveLength(1);
    const administrator = await users.prisma.user.findUniqueOrThrow({
      where: { email: 'admin@emporium.test' },
    });
    expect(administrator.roles).toEqual(['BUYER', 'ADMIN']);
  });
});
