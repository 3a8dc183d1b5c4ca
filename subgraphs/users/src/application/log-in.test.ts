import { asId, asInstant } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../domain/email.ts';
import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import { logIn } from './log-in.ts';
import type { Mail } from './mails.ts';
import { nowhere } from './origin.ts';
import type { AttemptLimits, Dependencies, NewSession, Ports } from './ports.ts';
import type { OneTimeCodes } from './second-factor/second-factors.ts';
import type { SecurityEvent } from './security-events.ts';

const ada: User = {
  id: asId<'User'>('ada'),
  email: normaliseEmail('ada@example.org'),
  name: 'Ada',
  roles: ['BUYER'],
  emailVerified: true,
  state: 'ACTIVE',
};
const at = asInstant('2026-01-31T00:00:00.000Z');
const unlimited: AttemptLimits = {
  register: async () => null,
  logIn: (_from, verify) => verify(),
  ask: async () => null,
};

/** A world in which only Ada has an account, whose password is `hash` backwards. */
const world = (
  limits: AttemptLimits = unlimited,
  meanwhile: { user?: User; passwordHash?: string } = {},
) => {
  const compared: (string | null)[] = [];
  const started: string[] = [];
  const noted: unknown[] = [];
  const mailed: unknown[] = [];
  const ports = {
    secondFactors: { find: async () => null },
    sessions: {
      start: async ({ id, methods, fingerprint }: NewSession): Promise<Session> => {
        started.push(fingerprint);
        return { id, methods, authenticatedAt: at, hasSecondFactor: false };
      },
    },
    accounts: { lock: async () => meanwhile.user ?? ada },
    accountChanges: {
      findPasswordHash: async () => meanwhile.passwordHash ?? 'hash',
      findByEmail: async () => meanwhile.user ?? ada,
    },
    oneTimeTokens: { issue: async () => undefined },
    mails: { send: async ({ template }: Mail) => void mailed.push(template) },
    securityEvents: { record: async ({ kind, userId }: SecurityEvent) => void noted.push([kind, userId]) },
    knownOrigins: { note: async () => ({ isFirst: true, knowsNetwork: false, knowsDevice: false }) },
    now: async () => at,
  } as unknown as Ports;
  const dependencies: Dependencies = {
    transact: (work) => work(ports),
    directory: {
      findUsers: async () => [],
      findSellers: async () => [],
      knowsNetwork: async () => false,
      listSecurityEvents: async () => [],
      listSellers: async () => [],
      findCredentials: async (email) => (email === ada.email ? { user: ada, passwordHash: 'hash' } : null),
    },
    passwords: {
      hash: async () => 'hash',
      matches: async (password, hash) => {
        compared.push(hash);
        return hash === 'hash' && password === 'hsah';
      },
    },
    tokens: { issue: async (user) => ({ text: `token of ${user.id}`, expiresAt: at }) },
    secrets: {
      create: () => 'secret',
      fingerprint: (secret) => `print of ${secret}`,
      successor: (secret) => `${secret}, then another`,
    },
    limits,
    loginWatch: { note: async () => [] },
    signInMails: 'any',
    accountSettings: { pagesUrl: 'https://shop.example', trustedDomains: [] },
    sellerApproval: 'auto',
    oneTimeCodes: {} as OneTimeCodes,
    newId: () => 'session',
    providers: undefined as never,
    deriveAttemptSecrets: undefined as never,
  };
  return { logIn: logIn(dependencies), compared, started, noted, mailed };
};

describe('logging in', () => {
  it('starts a session, of which only the fingerprint is kept', async () => {
    const { logIn, started, noted } = world();
    expect(await logIn({ email: ada.email, password: 'hsah', code: null }, nowhere)).toEqual({
      type: 'signed-in',
      user: ada,
      refreshToken: 'secret',
      accessToken: { text: 'token of ada', expiresAt: at },
    });
    expect(started).toEqual(['print of secret']);
    expect(noted).toEqual([['LOGGED_IN', 'ada']]);
  });

  it('works as hard for an account that is not there', async () => {
    const { logIn, compared, started, noted } = world();
    const refusal = { type: 'refused', refusal: 'INVALID_CREDENTIALS' };
    const nobody = normaliseEmail('nobody@example.org');
    expect(await logIn({ email: nobody, password: 'hsah', code: null }, nowhere)).toEqual(refusal);
    expect(await logIn({ email: ada.email, password: 'wrong', code: null }, nowhere)).toEqual(refusal);
    expect(compared).toEqual([null, 'hash']);
    expect(noted).toEqual([
      ['LOGIN_FAILED', null],
      ['LOGIN_FAILED', 'ada'],
    ]);
    expect(started).toEqual([]);
  });

  it('starts nothing when the password was changed while it was compared', async () => {
    const { logIn, started } = world(unlimited, { passwordHash: 'another' });
    const refusal = { type: 'refused', refusal: 'INVALID_CREDENTIALS' };
    expect(await logIn({ email: ada.email, password: 'hsah', code: null }, nowhere)).toEqual(refusal);
    expect(started).toEqual([]);
  });

  it('mails a link instead of starting anything when the account is deactivated', async () => {
    const { logIn, started, mailed } = world(unlimited, { user: { ...ada, state: 'DEACTIVATED' } });
    const refusal = { type: 'refused', refusal: 'ACCOUNT_DEACTIVATED' };
    expect(await logIn({ email: ada.email, password: 'wrong', code: null }, nowhere)).toMatchObject({
      refusal: 'INVALID_CREDENTIALS',
    });
    expect(mailed).toEqual([]);
    expect(await logIn({ email: ada.email, password: 'hsah', code: null }, nowhere)).toEqual(refusal);
    expect(started).toEqual([]);
    expect(mailed).toEqual(['REACTIVATE']);
  });

  it('compares nothing once too many attempts have failed', async () => {
    const { logIn, compared } = world({ ...unlimited, logIn: async () => ({ retryAfter: 42 }) });
    expect(await logIn({ email: ada.email, password: 'hsah', code: null }, nowhere)).toEqual({
      type: 'limited',
      retryAfter: 42,
    });
    expect(compared).toEqual([]);
  });
});
