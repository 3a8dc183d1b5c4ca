import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSomebody, startUsersUnderTest, type UsersUnderTest } from '../users-under-test.ts';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const home = { name: 'Ada', line1: '1 High Street', city: 'Leeds', postalCode: 'ls1 1aa', country: 'GB' };
const kept = { ...home, postalCode: 'LS1 1AA' };
const fields = 'id name line1 line2 city postalCode country isDefaultShipping isDefaultBilling';
const shown = `{ __typename ... on Address { ${fields} } ... on AddressRefusal { code message } }`;
const adding = `mutation ($input: SavedAddressInput!) { result: addAddress(input: $input) ${shown} }`;
const updating = `mutation ($id: ID!, $input: SavedAddressInput!) { result: updateAddress(id: $id, input: $input) ${shown} }`;
const removing = `mutation ($id: ID!) { result: removeAddress(id: $id) ${shown} }`;
const choosing = `mutation ($id: ID!, $uses: [AddressUse!]!) { result: setDefaultAddress(id: $id, uses: $uses) ${shown} }`;

type As = { id?: string; roles?: readonly ('BUYER' | 'ADMIN')[] };

const change = async (document: string, as: As, variables: Record<string, unknown>) =>
  (await users.ask(document, { as, variables })).data.result;
const add = (as: As, more = {}) => change(adding, as, { input: { ...home, ...more } });
const book = async (as: As) =>
  (await users.ask(`{ me { addresses { ${fields} } } }`, { as })).data.me.addresses;
const readAs = async (id: string, as: As) => {
  const document =
    'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on User { addresses { line1 } } } }';
  const variables = { ids: [{ __typename: 'User', id }] };
  return (await users.ask(document, { as, variables })).data._entities[0]?.addresses;
};

describe('an address book', () => {
  it('takes its first address for everything, and keeps them in order', async () => {
    const ada = await registerSomebody(users);
    expect(await book(ada)).toEqual([]);
    const first = await add(ada);
    expect(first).toMatchObject({ postalCode: 'LS1 1AA', isDefaultShipping: true, isDefaultBilling: true });
    const second = await add(ada, { line1: '2 Low Street' });
    expect(second).toMatchObject({ isDefaultShipping: false, isDefaultBilling: false });
    expect((await book(ada)).map(({ id }: { id: string }) => id)).toEqual([first.id, second.id]);
  });

  it('has one default for each use', async () => {
    const ada = await registerSomebody(users);
    const [first, second] = [await add(ada), await add(ada)];
    const chosen = await change(choosing, ada, { id: second.id, uses: ['BILLING'] });
    expect(chosen).toMatchObject({ isDefaultShipping: false, isDefaultBilling: true });
    expect(await book(ada)).toMatchObject([
      { id: first.id, isDefaultShipping: true, isDefaultBilling: false },
      { id: second.id, isDefaultShipping: false, isDefaultBilling: true },
    ]);
    const again = await change(choosing, ada, { id: second.id, uses: ['SHIPPING', 'BILLING'] });
    expect(again).toMatchObject({ isDefaultShipping: true, isDefaultBilling: true });
  });

  it('has one default also when two are chosen, or many added, at once', async () => {
    const ada = await registerSomebody(users);
    const added = await Promise.all(Array.from({ length: 4 }, () => add(ada)));
    await Promise.all(added.map(({ id }) => change(choosing, ada, { id, uses: ['SHIPPING'] })));
    const kept = await book(ada);
    expect(kept).toHaveLength(4);
    expect(kept.filter((each: typeof kept) => each.isDefaultShipping)).toHaveLength(1);
    expect(kept.filter((each: typeof kept) => each.isDefaultBilling)).toHaveLength(1);
  });

  it('changes an address as a whole, and not what it is used for', async () => {
    const ada = await registerSomebody(users);
    const { id } = await add(ada, { line2: 'Flat 3' });
    const input = { ...home, city: 'Wien', postalCode: '1010', country: 'AT' };
    expect(await change(updating, ada, { id, input })).toMatchObject({
      id,
      city: 'Wien',
      isDefaultShipping: true,
    });
    expect(await book(ada)).toMatchObject([{ ...input, line2: null }]);
  });

  it('keeps what an address says sealed, for its own row', async () => {
    const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
    const [{ id }, { id: other }] = [await add(ada), await add(eve)];
    const { sealed, ...row } = await users.prisma.address.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ name: null, line1: null, city: null, country: null });
    await users.prisma.address.update({ where: { id: other }, data: { sealed } });
    expect(await book(ada)).toMatchObject([kept]);
    const { data } = await users.ask('{ me { addresses { line1 } } }', { as: eve });
    expect(JSON.stringify(data)).not.toContain(home.line1);
  });

  it('shows an address from before they were sealed, and seals it when it is changed', async () => {
    const ada = await registerSomebody(users);
    const id = newId();
    await users.prisma.address.create({ data: { ...kept, id, userId: ada.id } });
    expect(await book(ada)).toMatchObject([{ ...kept, id }]);
    await change(updating, ada, { id, input: { ...home, city: 'York' } });
    expect(await users.prisma.address.findUniqueOrThrow({ where: { id } })).toMatchObject({
      sealed: expect.stringMatching(/^s1\./),
      city: null,
    });
    expect(await book(ada)).toMatchObject([{ ...kept, id, city: 'York' }]);
  });

  it('forgets an address, and chooses no default by itself', async () => {
    const ada = await registerSomebody(users);
    const [first, second] = [await add(ada), await add(ada)];
    expect(await change(removing, ada, { id: first.id })).toMatchObject({ __typename: 'Address' });
    expect(await change(removing, ada, { id: first.id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await book(ada)).toMatchObject([{ id: second.id, isDefaultShipping: false }]);
    expect(await add(ada)).toMatchObject({ isDefaultShipping: true, isDefaultBilling: true });
  });

  it('holds fifty and no more, also when asked at once', async () => {
    const ada = await registerSomebody(users);
    const data = Array.from({ length: 49 }, () => ({ ...home, id: newId(), userId: ada.id }));
    await users.prisma.address.createMany({ data });
    const outcomes = await Promise.all([add(ada), add(ada), add(ada)]);
    expect(outcomes.map(({ code = 'added' }) => code).toSorted()).toEqual([
      'TOO_MANY_ADDRESSES',
      'TOO_MANY_ADDRESSES',
      'added',
    ]);
    expect(await users.prisma.address.count({ where: { userId: ada.id } })).toBe(50);
  });

  it.each([
    ['input.postalCode', { postalCode: 'LS1' }],
    ['input.postalCode', { postalCode: null }],
    ['input.line1', { line1: '\u202eevil' }],
    ['input.city', { city: 'x'.repeat(1_000_000) }],
    ['input.region', { country: 'US', postalCode: '12345' }],
  ])('says that %s cannot be, and keeps nothing', async (field, wrong) => {
    const ada = await registerSomebody(users);
    const { errors } = await users.ask(adding, { as: ada, variables: { input: { ...home, ...wrong } } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(await book(ada)).toEqual([]);
  });

  it('wants to know what an address is to be the default for', async () => {
    const ada = await registerSomebody(users);
    const { id } = await add(ada);
    const { errors } = await users.ask(choosing, { as: ada, variables: { id, uses: [] } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'uses' } }]);
  });
});

describe('whose addresses', () => {
  it('are read by themself and administrators, and by nobody else', async () => {
    const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
    await add(ada);
    const readable = [{ line1: '1 High Street' }];
    expect(await readAs(ada.id as string, { id: ada.id as string })).toEqual(readable);
    expect(await readAs(ada.id as string, { id: newId(), roles: ['ADMIN'] })).toEqual(readable);
    expect(await readAs(ada.id as string, { id: eve.id as string })).toBeNull();
    expect(await readAs(ada.id as string, {})).toBeUndefined();
  });

  it.each(['a stranger', 'an administrator'] as const)(
    'are as unknown as none to %s who changes them',
    async (who) => {
      const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
      const { id } = await add(ada);
      const as: As = { id: eve.id as string, roles: who === 'a stranger' ? ['BUYER'] : ['ADMIN'] };
      const before = await book(ada);
      for (const target of [id, newId(), 'x', 'x'.repeat(1_000_000)]) {
        const answers = [
          await change(updating, as, { id: target, input: { ...home, city: 'Mischief' } }),
          await change(removing, as, { id: target }),
          await change(choosing, as, { id: target, uses: ['SHIPPING', 'BILLING'] }),
        ];
        for (const answer of answers) {
          expect(answer).toEqual({
            __typename: 'AddressRefusal',
            code: 'NOT_FOUND',
            message: 'There is no such address, or it is not yours.',
          });
        }
      }
      expect(await book(ada)).toEqual(before);
    },
  );

  it.each([
    ['nobody', {}],
    ['somebody who is gone', { id: newId() }],
  ])('can be added by %s: no', async (_who, as) => {
    for (const [document, variables] of [
      [adding, { input: home }],
      [updating, { id: newId(), input: home }],
      [removing, { id: newId() }],
      [choosing, { id: newId(), uses: ['SHIPPING'] }],
    ] as const) {
      const { errors } = await users.ask(document, { as, variables });
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });
});
