import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSomebody, startUsersUnderTest, type UsersUnderTest } from '../users-under-test.ts';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const fields = '{ locale currency channels }';
const updating = `mutation ($input: PreferencesInput!) { updatePreferences(input: $input) ${fields} }`;
const update = (as: { id?: string }, input: Record<string, unknown>) =>
  users.ask(updating, { as, variables: { input } });
const read = async (as: { id?: string }) =>
  (await users.ask(`{ me { preferences ${fields} } }`, { as })).data.me.preferences;
const defaults = { locale: 'en-GB', currency: 'GBP', channels: ['EMAIL'] };

describe('preferences', () => {
  it('are the usual ones until somebody says otherwise, one by one', async () => {
    const ada = await registerSomebody(users);
    expect(await read(ada)).toEqual(defaults);
    expect((await update(ada, { locale: 'DE-at' })).data).toEqual({
      updatePreferences: { ...defaults, locale: 'de-AT' },
    });
    await update(ada, { currency: 'EUR', channels: ['PUSH', 'SMS', 'PUSH'] });
    await update(ada, { currency: null, channels: null });
    expect(await read(ada)).toEqual({ locale: 'de-AT', currency: 'EUR', channels: ['PUSH', 'SMS'] });
    await update(ada, { channels: [] });
    expect(await read(ada)).toMatchObject({ locale: 'de-AT', channels: [] });
  });

  it('lose no change that is made at once with another', async () => {
    const ada = await registerSomebody(users);
    await Promise.all([
      update(ada, { locale: 'fr-CA' }),
      update(ada, { currency: 'CAD' }),
      update(ada, { channels: ['SMS'] }),
    ]);
    expect(await read(ada)).toEqual({ locale: 'fr-CA', currency: 'CAD', channels: ['SMS'] });
  });

  it.each([
    { locale: '' },
    { locale: 'english please' },
    { locale: 'en_GB' },
    { locale: `en-${'abcdefgh-'.repeat(100_000)}a` },
    { currency: 'XYZ' },
    { currency: 'gbp' },
    { channels: ['PIGEON'] },
    { channels: [null] },
  ])('cannot be %j', async (input) => {
    const ada = await registerSomebody(users);
    const { errors } = await update(ada, { ...input });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await read(ada)).toEqual(defaults);
  });

  it('are nobody else’s business', async () => {
    const ada = await registerSomebody(users);
    const document = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on User { preferences ${fields} } } }`;
    const variables = { ids: [{ __typename: 'User', id: ada.id }] };
    for (const as of [{ id: newId() }, { id: newId(), roles: ['ADMIN'] as const }]) {
      expect((await users.ask(document, { as, variables })).data).toEqual({
        _entities: [{ preferences: null }],
      });
    }
  });

  it.each([
    ['nobody', {}],
    ['somebody who is gone', { id: newId() }],
  ])('are not changed by %s', async (_who, as) => {
    const { errors } = await update(as, { locale: 'de' });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
