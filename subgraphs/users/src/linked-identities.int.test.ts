import { testDatabase, testIdentityProvider } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  linkMutation,
  type SignInUnderTest,
  startSignInUnderTest,
  unlinkMutation,
} from './sign-in-under-test.ts';
import { registerSomebody } from './users-under-test.ts';

const ground = { testDatabase, testIdentityProvider };
let world: SignInUnderTest;
beforeAll(async () => {
  world = await startSignInUnderTest(ground);
});
afterAll(() => world.stop());

const listQuery = '{ linkedIdentities { id provider { id name } linkedAt lastUsedAt } }';
const list = async (id: string) => (await world.ask(listQuery, { as: { id } })).data.linkedIdentities;

/** Somebody with a password and a verified address. */
const customer = async ({ isVerified = true } = {}) => {
  const account = await registerSomebody(world);
  if (isVerified) await world.verify(account.id);
  return account;
};

/** Visits the provider as whoever is signed in. */
const visitAs = (id: string, subject: string, provider = 'one') =>
  world.visit(subject, { as: { id }, provider });

const linked = async (id: string, subject: string, provider = 'one') =>
  (await world.link(id, await visitAs(id, subject, provider))).data.linkIdentity;

describe('linking', () => {
  it('adds a way in, whatever the address there, and tells the owner', async () => {
    const { id } = await customer();
    const { subject } = world.newcomer({ email_verified: false });
    expect(await linked(id, subject)).toMatchObject({
      __typename: 'LinkedIdentity',
      provider: { id: 'one', name: 'The one' },
    });
    const { data } = await world.complete(await world.visit(subject));
    expect(data.completeSignIn).toMatchObject({ __typename: 'AuthSession', user: { id } });
    expect(await list(id)).toMatchObject([{ provider: { id: 'one' }, linkedAt: expect.any(String) }]);
    const mails = await world.prisma.mail.findMany({ where: { userId: id } });
    expect(mails.map(({ template }) => template)).toEqual(['IDENTITY_LINKED']);
    const where = { userId: id, kind: 'IDENTITY_LINKED' };
    expect(await world.prisma.securityEvent.count({ where })).toBe(1);
  });

  it('verifies the address of the account, if the provider vouches for it', async () => {
    const { id, email } = await customer({ isVerified: false });
    const { subject } = world.newcomer({ email });
    expect((await linked(id, subject)).__typename).toBe('LinkedIdentity');
    const row = await world.prisma.user.findUniqueOrThrow({ where: { id } });
    expect(row.emailVerifiedAt).toEqual(expect.any(Date));
  });

  it('is refused while the address of the account is not verified otherwise', async () => {
    const { id } = await customer({ isVerified: false });
    expect(await linked(id, world.newcomer().subject)).toMatchObject({ code: 'EMAIL_NOT_VERIFIED' });
    expect(await list(id)).toEqual([]);
  });

  it('is refused for what is linked', async () => {
    const [ada, eve] = [await customer(), await customer()];
    const { subject } = world.newcomer();
    await linked(ada.id, subject);
    expect(await linked(ada.id, subject)).toMatchObject({ code: 'LINKED_ALREADY' });
    expect(await linked(eve.id, subject)).toMatchObject({ code: 'LINKED_ELSEWHERE' });
    expect(await list(eve.id)).toEqual([]);
  });

  it('is refused for what somebody else began, or nobody who was signed in, and then it is over', async () => {
    const [ada, eve] = [await customer(), await customer()];
    const { subject } = world.newcomer();
    for (const begun of [await visitAs(eve.id, subject), await world.visit(subject)]) {
      const { data } = await world.link(ada.id, begun);
      expect(data.linkIdentity).toMatchObject({ code: 'SIGN_IN_EXPIRED' });
      const again = await world.complete(begun);
      expect(again.data.completeSignIn).toMatchObject({ code: 'SIGN_IN_EXPIRED' });
    }
    expect(await list(ada.id)).toEqual([]);
  });

  it('of one identity to two accounts at once reaches one', async () => {
    const [ada, eve] = [await customer(), await customer()];
    const { subject } = world.newcomer();
    const visits = [await visitAs(ada.id, subject), await visitAs(eve.id, subject)] as const;
    const answers = await Promise.all([world.link(ada.id, visits[0]), world.link(eve.id, visits[1])]);
    const outcomes = answers.map(({ data }) => data.linkIdentity.code ?? 'linked');
    expect(outcomes.toSorted()).toEqual(['LINKED_ELSEWHERE', 'linked']);
  });
});

describe('unlinking', () => {
  it('takes a way in from its owner, and tells them', async () => {
    const { id } = await customer();
    const { subject } = world.newcomer({ email_verified: false });
    const { id: identityId } = await linked(id, subject);
    const { data } = await world.unlink(id, identityId);
    expect(data.unlinkIdentity).toMatchObject({ __typename: 'LinkedIdentity', id: identityId });
    expect(await list(id)).toEqual([]);
    const after = await world.complete(await world.visit(subject));
    expect(after.data.completeSignIn).toMatchObject({ code: 'LINK_REQUIRED' });
    const mails = await world.prisma.mail.findMany({ where: { userId: id }, orderBy: { id: 'asc' } });
    expect(mails.map(({ template }) => template)).toEqual(['IDENTITY_LINKED', 'IDENTITY_UNLINKED']);
    const where = { userId: id, kind: 'IDENTITY_UNLINKED' };
    expect(await world.prisma.securityEvent.count({ where })).toBe(1);
  });

  it('never takes the last way in, also when two are taken at once', async () => {
    const { subject } = world.newcomer();
    const { data } = await world.complete(await world.visit(subject));
    const { id } = data.completeSignIn.user;
    const [only] = await list(id);
    expect((await world.unlink(id, only.id)).data.unlinkIdentity).toMatchObject({ code: 'LAST_WAY_IN' });
    const { id: second } = await linked(id, subject, 'two');
    const answers = await Promise.all([world.unlink(id, only.id), world.unlink(id, second)]);
    const outcomes = answers.map((answer) => answer.data.unlinkIdentity.code ?? 'unlinked');
    expect(outcomes.toSorted()).toEqual(['LAST_WAY_IN', 'unlinked']);
    expect(await list(id)).toHaveLength(1);
  });

  it('does not count a way in whose provider is not configured any more', async () => {
    const { subject } = world.newcomer();
    const { data } = await world.complete(await world.visit(subject));
    const { id } = data.completeSignIn.user;
    await world.prisma.linkedIdentity.create({
      data: { id: newId(), userId: id, provider: 'gone', issuer: 'https://gone.example/', subject },
    });
    const [usable, gone] = await list(id);
    expect(gone.provider).toEqual({ id: 'gone', name: 'gone' });
    const { data: refused } = await world.unlink(id, usable.id);
    expect(refused.unlinkIdentity).toMatchObject({ code: 'LAST_WAY_IN' });
  });

  it.each(['', 'x', newId(), 'x'.repeat(100_000)])(
    'of what is nobody’s finds nothing: %.20j',
    async (id) => {
      const { data } = await world.unlink((await customer()).id, id);
      expect(data.unlinkIdentity).toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('of another’s finds nothing, and changes nothing', async () => {
    const [ada, eve] = [await customer(), await customer()];
    const { id } = await linked(ada.id, world.newcomer().subject);
    expect((await world.unlink(eve.id, id)).data.unlinkIdentity).toMatchObject({ code: 'NOT_FOUND' });
    expect(await list(ada.id)).toMatchObject([{ id }]);
  });
});

const input = { code: 'c', state: 's', binding: 'b' };

describe('whoever has not proved lately who they are', () => {
  it.each([
    ['links none', linkMutation, { input }],
    ['unlinks none', unlinkMutation, { id: newId() }],
  ])('%s', async (_what, query, variables) => {
    const { id } = await customer();
    const session = { id: newId(), authenticatedAt: 1, methods: ['pwd'], hasSecondFactor: false };
    const { errors } = await world.ask(query, { as: { id, session }, variables });
    expect(errors).toMatchObject([{ extensions: { code: 'STEP_UP_REQUIRED' } }]);
  });
});

describe('whoever is not signed in', () => {
  it.each([
    ['sees no identities', listQuery, {}],
    ['links none', linkMutation, { input }],
    ['unlinks none', unlinkMutation, { id: newId() }],
  ])('%s', async (_what, query, variables) => {
    const { errors } = await world.ask(query, { variables });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('is told so also when their account is gone', async () => {
    const gone = newId();
    const { errors } = await world.link(gone, await visitAs(gone, world.newcomer().subject));
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
