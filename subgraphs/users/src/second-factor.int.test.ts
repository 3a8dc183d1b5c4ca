import { decodeEvent, sessionsRevoked } from '@emporium/contracts';
import type { Viewer } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { HOTP, Secret } from 'otpauth';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptLimits } from './application/ports.ts';
import {
  loginMutation,
  password,
  refreshMutation,
  registerSomebody,
  registerVerified,
  startUsersUnderTest,
  type UsersUnderTest,
  viewerOf,
} from './users-under-test.ts';

/** Outcomes of what was counted, by account: true for a failure. */
const counted = new Map<string, boolean[]>();
const counting: AttemptLimits = {
  register: async () => null,
  logIn: async ({ email }, verify) => {
    const outcome = await verify();
    counted.set(email, [...(counted.get(email) ?? []), outcome === null]);
    return outcome;
  },
  ask: async () => null,
};

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url, { limits: counting });
});
afterAll(() => users.stop());

type Asker = Partial<Viewer>;

const session =
  '__typename ... on AuthSession { accessToken refreshToken } ... on AuthRefusal { code message }';
const refusal = '... on SecondFactorRefusal { code message }';
const documents = {
  enrolTotp: `mutation { enrolTotp { __typename ... on TotpEnrolment { secret uri qrCode } ${refusal} } }`,
  confirmTotp: `mutation ($code: String!) { confirmTotp(code: $code) { __typename ... on RecoveryCodes { codes } ${refusal} } }`,
  disableTotp: `mutation ($code: String!) { disableTotp(code: $code) { __typename ... on SecondFactor { isOn recoveryCodesLeft } ${refusal} } }`,
  regenerateRecoveryCodes: `mutation { regenerateRecoveryCodes { __typename ... on RecoveryCodes { codes } ${refusal} } }`,
  removeSecondFactor: `mutation ($id: ID!, $reason: String!) { removeSecondFactor(userId: $id, reason: $reason) { __typename ... on SecondFactor { isOn recoveryCodesLeft } ${refusal} } }`,
  proveIdentity: `mutation ($input: ProveIdentityInput!) { proveIdentity(input: $input) { ${session} } }`,
  secondFactor: '{ secondFactor { isOn recoveryCodesLeft } }',
  login: loginMutation,
};

/** What a field answers: its data, or the code of the error. */
const ask = async (field: keyof typeof documents, as: Asker, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await users.ask(documents[field], { as, variables });
  return errors ? errors[0]?.extensions.code : data[field];
};
const login = (email: string, totp: string | null = null, attempt = password) =>
  ask('login', {}, { input: { email, password: attempt, totp } });
const prove = (as: Asker, totp: string | null = null, attempt = password) =>
  ask('proveIdentity', as, { input: { password: attempt, totp } });

const codeOf = (secret: string, shift = 0): string =>
  HOTP.generate({
    secret: Secret.fromBase32(secret),
    counter: Math.floor(Date.now() / 30_000) + shift,
  });

/** Ada, signed in just now. */
const signedIn = async () => {
  const person = await registerVerified(users);
  return { ...person, as: viewerOf(person.accessToken) as Asker };
};

/** The same with one-time codes on, none of which was used lately. */
const withTotp = async () => {
  const person = await signedIn();
  const { secret } = await ask('enrolTotp', person.as);
  const { codes } = await ask('confirmTotp', person.as, { code: codeOf(secret) });
  await users.prisma.secondFactor.update({ where: { userId: person.id }, data: { lastStep: 1 } });
  const as = {
    ...person.as,
    session: { ...person.as.session, hasSecondFactor: true, methods: ['pwd', 'otp'] },
  };
  return { ...person, as: as as Asker, secret, codes: codes as string[] };
};

const outcomeOf = ({ code, __typename }: { code?: string; __typename: string }) => code ?? __typename;
const outcomesOf = async (attempts: readonly Promise<{ __typename: string }>[]) =>
  (await Promise.all(attempts)).map(outcomeOf).toSorted();
const eventsOf = async (userId: string) =>
  (await users.prisma.securityEvent.findMany({ where: { userId }, orderBy: { at: 'asc' } })).map(
    ({ kind }) => kind,
  );
const mailsTo = async (userId: string) =>
  (await users.prisma.mail.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })).map(
    ({ template }) => template,
  );

describe('switching one-time codes on', () => {
  it('gives a secret that counts for nothing until it is confirmed', async () => {
    const { as, email, id } = await signedIn();
    const { secret, uri, qrCode } = await ask('enrolTotp', as);
    expect(uri).toContain(`secret=${secret}`);
    expect(qrCode).toMatch(/^data:image\/png;base64,/);
    expect(outcomeOf(await login(email))).toBe('AuthSession');
    expect(await ask('secondFactor', as)).toEqual({ isOn: false, recoveryCodesLeft: 0 });
    const wrong = codeOf(secret, 5);
    expect(await ask('confirmTotp', as, { code: wrong })).toMatchObject({ code: 'TOTP_INVALID' });
    const { codes } = await ask('confirmTotp', as, { code: codeOf(secret) });
    expect(new Set(codes).size).toBe(10);
    expect(await ask('secondFactor', as)).toEqual({ isOn: true, recoveryCodesLeft: 10 });
    expect(await login(email)).toMatchObject({ code: 'TOTP_REQUIRED' });
    expect(await eventsOf(id)).toContain('TOTP_ENABLED');
    expect(await mailsTo(id)).toEqual(['TOTP_ENABLED']);
  });

  it('keeps recovery codes as fingerprints alone', async () => {
    const { id, codes } = await withTotp();
    const stored = JSON.stringify(await users.prisma.recoveryCode.findMany({ where: { userId: id } }));
    for (const code of codes) expect(stored).not.toContain(code.replaceAll('-', ''));
  });

  it('again before it is confirmed replaces the secret', async () => {
    const { as } = await signedIn();
    const first = await ask('enrolTotp', as);
    const second = await ask('enrolTotp', as);
    const confirm = (code: string) => ask('confirmTotp', as, { code });
    expect(await confirm(codeOf(first.secret))).toMatchObject({ code: 'TOTP_INVALID' });
    expect(outcomeOf(await confirm(codeOf(second.secret)))).toBe('RecoveryCodes');
  });

  it('is refused while they are on, or when nothing was begun', async () => {
    const { as, secret } = await withTotp();
    expect(await ask('enrolTotp', as)).toMatchObject({ code: 'TOTP_ALREADY_ON' });
    expect(await ask('confirmTotp', as, { code: codeOf(secret) })).toMatchObject({
      code: 'TOTP_ALREADY_ON',
    });
    const other = await signedIn();
    expect(await ask('confirmTotp', other.as, { code: codeOf(secret) })).toMatchObject({
      code: 'TOTP_NOT_ENROLLED',
    });
  });

  it('happens once when confirmed by many at once', async () => {
    const { as } = await signedIn();
    const { secret } = await ask('enrolTotp', as);
    const attempts = Array.from({ length: 4 }, () => ask('confirmTotp', as, { code: codeOf(secret) }));
    expect(await outcomesOf(attempts)).toEqual(['RecoveryCodes', ...Array(3).fill('TOTP_ALREADY_ON')]);
  });

  it('makes this session one that was proven by a code, and tells the others to prove it', async () => {
    const { as, email, refreshToken } = await signedIn();
    const other = await login(email);
    const { secret } = await ask('enrolTotp', as);
    await ask('confirmTotp', as, { code: codeOf(secret) });
    const refreshed = async (token: string) => {
      const { data } = await users.ask(refreshMutation, { variables: { token } });
      return viewerOf(data.refreshSession.accessToken).session;
    };
    expect(await refreshed(refreshToken)).toMatchObject({ hasSecondFactor: true, methods: ['pwd', 'otp'] });
    expect(await refreshed(other.refreshToken)).toMatchObject({ hasSecondFactor: true, methods: ['pwd'] });
  });

  it('ends the access tokens of all sessions, and no session', async () => {
    const { as, id, email } = await signedIn();
    await login(email);
    const { secret } = await ask('enrolTotp', as);
    await ask('confirmTotp', as, { code: codeOf(secret) });
    const where = { aggregateId: id, subject: sessionsRevoked.subject };
    const told = await users.prisma.outboxMessage.findMany({ where });
    expect(told.map(({ envelope }) => decodeEvent(sessionsRevoked, envelope).payload.subject)).toEqual([
      id,
    ]);
    expect(await users.prisma.session.count({ where: { userId: id, revokedAt: null } })).toBe(2);
  });

  it('gives a session from before no way around them, whatever its token says', async () => {
    const { as, id, email } = await signedIn();
    const other = viewerOf((await login(email)).accessToken) as Asker;
    const { secret } = await ask('enrolTotp', as);
    const { codes } = await ask('confirmTotp', as, { code: codeOf(secret) });
    const stepUp = { errors: [{ extensions: { code: 'STEP_UP_REQUIRED', methods: ['pwd', 'otp'] } }] };
    expect(await users.ask(documents.regenerateRecoveryCodes, { as: other })).toMatchObject(stepUp);
    const off = (code: string, by = other) => ask('disableTotp', by, { code });
    expect(await off(codes[0])).toBe('STEP_UP_REQUIRED');
    const { session: _, ...unknown } = other;
    const nameless = { ...unknown, session: { ...other.session, id: null } } as Asker;
    expect(await ask('regenerateRecoveryCodes', nameless)).toBe('STEP_UP_REQUIRED');
    const eve = await withTotp();
    expect(await off(codes[0], { ...eve.as, id } as Asker)).toBe('STEP_UP_REQUIRED');
    expect(await ask('secondFactor', as)).toEqual({ isOn: true, recoveryCodesLeft: 10 });
    await users.prisma.secondFactor.update({ where: { userId: id }, data: { lastStep: 1 } });
    const proven = viewerOf((await prove(other, codeOf(secret))).accessToken) as Asker;
    expect(await ask('regenerateRecoveryCodes', proven)).toMatchObject({ __typename: 'RecoveryCodes' });
  });

  it('is for accounts whose address is proven: no stranger locks its owner out', async () => {
    const { id, accessToken } = await registerSomebody(users);
    const as = viewerOf(accessToken) as Asker;
    expect(await ask('enrolTotp', as)).toMatchObject({ code: 'EMAIL_NOT_VERIFIED' });
    await users.transact(({ secondFactors }) => secondFactors.propose(id, 'JBSWY3DPEHPK3PXP'));
    const code = codeOf('JBSWY3DPEHPK3PXP');
    expect(await ask('confirmTotp', as, { code })).toMatchObject({ code: 'EMAIL_NOT_VERIFIED' });
    expect(await ask('secondFactor', as)).toEqual({ isOn: false, recoveryCodesLeft: 0 });
    await users.app.vouchForEmail(id);
    expect(outcomeOf(await ask('confirmTotp', as, { code }))).toBe('RecoveryCodes');
  });

  it('needs somebody, and a recent proof', async () => {
    const { as } = await signedIn();
    expect(await ask('enrolTotp', {})).toBe('UNAUTHENTICATED');
    const old = { ...as, session: { ...as.session, authenticatedAt: Date.now() / 1000 - 660 } } as Asker;
    expect(await ask('enrolTotp', old)).toBe('STEP_UP_REQUIRED');
    const { session: _, ...unknown } = as;
    expect(await ask('enrolTotp', unknown)).toBe('STEP_UP_REQUIRED');
    expect(await ask('confirmTotp', {}, { code: '123456' })).toBe('UNAUTHENTICATED');
    expect(await ask('secondFactor', {})).toBe('UNAUTHENTICATED');
  });
});

describe('logging in with one-time codes on', () => {
  it('needs one, which is said only after the right password', async () => {
    const { email, secret } = await withTotp();
    expect(await login(email)).toMatchObject({ code: 'TOTP_REQUIRED' });
    expect(await login(email, null, 'wrong password')).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await login(email, codeOf(secret), 'wrong password')).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    const { accessToken } = await login(email, codeOf(secret));
    expect(viewerOf(accessToken).session).toMatchObject({ methods: ['pwd', 'otp'], hasSecondFactor: true });
  });

  it('counts a wrong code as a failure, and a missing one not', async () => {
    const { email, secret, id } = await withTotp();
    expect(await login(email)).toMatchObject({ code: 'TOTP_REQUIRED' });
    expect(await login(email, codeOf(secret, 5))).toMatchObject({ code: 'TOTP_INVALID' });
    expect(await login(email, codeOf(secret))).toMatchObject({ __typename: 'AuthSession' });
    expect(counted.get(email)).toEqual([false, true, false]);
    expect(await eventsOf(id)).toContain('LOGIN_FAILED');
  });

  it('takes each code once, also when it comes several times at once', async () => {
    const { email, secret } = await withTotp();
    const code = codeOf(secret);
    const attempts = Array.from({ length: 5 }, () => login(email, code));
    expect(await outcomesOf(attempts)).toEqual(['AuthSession', ...Array(4).fill('TOTP_INVALID')]);
    expect(await login(email, code)).toMatchObject({ code: 'TOTP_INVALID' });
    expect(outcomeOf(await login(email, codeOf(secret, 1)))).toBe('AuthSession');
  });

  it('takes a recovery code in its place, once, and tells the owner', async () => {
    const { email, id, as, codes } = await withTotp();
    const [first = '', second = ''] = codes;
    const attempts = Array.from({ length: 5 }, () => login(email, first));
    expect(await outcomesOf(attempts)).toEqual(['AuthSession', ...Array(4).fill('TOTP_INVALID')]);
    expect(await mailsTo(id)).toEqual(['TOTP_ENABLED', 'RECOVERY_CODE_USED']);
    expect(await eventsOf(id)).toContain('RECOVERY_CODE_USED');
    expect(await ask('secondFactor', as)).toEqual({ isOn: true, recoveryCodesLeft: 9 });
    expect(outcomeOf(await login(email, second.toLowerCase().replaceAll('-', ' ')))).toBe('AuthSession');
  });

  it('takes no code of somebody else', async () => {
    const [ada, eve] = [await withTotp(), await withTotp()];
    expect(await login(ada.email, eve.codes[0])).toMatchObject({ code: 'TOTP_INVALID' });
    expect(await login(ada.email, codeOf(eve.secret))).toMatchObject({ code: 'TOTP_INVALID' });
    expect(outcomeOf(await login(eve.email, eve.codes[0]))).toBe('AuthSession');
  });

  it.each(['', ' ', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', '１２３４５６', '1'.repeat(1_000_000)])(
    'does not understand a code such as %.20j, and counts no attempt',
    async (totp) => {
      const { email, as } = await withTotp();
      expect(await login(email, totp)).toBe('BAD_USER_INPUT');
      expect(await prove(as, totp)).toBe('BAD_USER_INPUT');
      expect(await ask('disableTotp', as, { code: totp })).toBe('BAD_USER_INPUT');
      expect(await ask('confirmTotp', as, { code: totp })).toBe('BAD_USER_INPUT');
      expect(counted.get(email)).toBeUndefined();
    },
  );

  it('overlooks a code that an account does not need', async () => {
    const { email } = await signedIn();
    expect(outcomeOf(await login(email, '123456'))).toBe('AuthSession');
  });
});

describe('proving one’s identity again', () => {
  it('renews the session with the next pair of tokens', async () => {
    const { as, id, refreshToken } = await signedIn();
    const yesterday = new Date(Date.now() - 86_400_000);
    await users.prisma.session.updateMany({ where: { userId: id }, data: { authenticatedAt: yesterday } });
    const proven = await prove(as);
    const { session } = viewerOf(proven.accessToken);
    expect(session.id).toBe(as.session?.id);
    expect(session.authenticatedAt * 1000).toBeGreaterThan(yesterday.getTime() + 80_000_000);
    const { data } = await users.ask(refreshMutation, { variables: { token: proven.refreshToken } });
    expect(viewerOf(data.refreshSession.accessToken).session).toEqual(session);
    const before = await users.ask(refreshMutation, { variables: { token: refreshToken } });
    expect(before.data.refreshSession).toMatchObject({ code: 'SESSION_REVOKED' });
  });

  it('needs the password, and a code where the account has them', async () => {
    const { as, email, id, secret } = await withTotp();
    expect(await prove(as, codeOf(secret), 'wrong password')).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    expect(await prove(as)).toMatchObject({ code: 'TOTP_REQUIRED' });
    expect(await prove(as, codeOf(secret, 5))).toMatchObject({ code: 'TOTP_INVALID' });
    const code = codeOf(secret);
    const { accessToken } = await prove(as, code);
    expect(viewerOf(accessToken).session).toMatchObject({ methods: ['pwd', 'otp'], hasSecondFactor: true });
    expect(await prove(as, code)).toMatchObject({ code: 'TOTP_INVALID' });
    expect(counted.get(email)).toEqual([true, false, true, false, true]);
    expect(await eventsOf(id)).toContain('IDENTITY_PROVEN');
  });

  it('is of no use to a session that is over, or is somebody else’s', async () => {
    const [ada, eve] = [await signedIn(), await signedIn()];
    expect(await prove({ ...ada.as, session: eve.as.session } as Asker)).toMatchObject({
      code: 'SESSION_REVOKED',
    });
    const { data } = await users.ask(refreshMutation, { variables: { token: eve.refreshToken } });
    expect(data.refreshSession.__typename).toBe('AuthSession');
    await users.prisma.session.updateMany({ where: { userId: ada.id }, data: { revokedAt: new Date() } });
    expect(await prove(ada.as)).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await prove({ id: newId() })).toMatchObject({ code: 'SESSION_EXPIRED' });
    expect(await prove({})).toBe('UNAUTHENTICATED');
  });

  it('keeps a browser’s session in its cookies', async () => {
    const { as } = await signedIn();
    const variables = { input: { password } };
    const headers = { cookie: 'emporium_refresh=anything' };
    const { data, setCookie } = await users.ask(documents.proveIdentity, { as, headers, variables });
    expect(data.proveIdentity).toMatchObject({ __typename: 'AuthSession', refreshToken: null });
    expect(setCookie.map((cookie) => cookie.split('=', 1)[0])).toEqual([
      'emporium_access',
      'emporium_refresh',
    ]);
  });
});

describe('switching one-time codes off', () => {
  it.each(['a one-time code', 'a recovery code'])('takes %s', async (kind) => {
    const { as, id, email, secret, codes } = await withTotp();
    const code = kind === 'a recovery code' ? codes[0] : codeOf(secret);
    expect(await ask('disableTotp', as, { code })).toEqual({
      __typename: 'SecondFactor',
      isOn: false,
      recoveryCodesLeft: 0,
    });
    expect(viewerOf((await login(email)).accessToken).session).toMatchObject({
      methods: ['pwd'],
      hasSecondFactor: false,
    });
    expect(await users.prisma.secondFactor.count({ where: { userId: id } })).toBe(0);
    expect((await eventsOf(id)).filter((event) => event === 'TOTP_DISABLED')).toHaveLength(1);
    expect((await mailsTo(id)).at(-1)).toBe('TOTP_DISABLED');
    expect(await ask('disableTotp', as, { code })).toMatchObject({ code: 'TOTP_NOT_ON' });
  });

  it('needs a good code, whose guesses are counted', async () => {
    const { as, email, id, secret } = await withTotp();
    expect(await ask('disableTotp', as, { code: codeOf(secret, 5) })).toMatchObject({
      code: 'TOTP_INVALID',
    });
    expect(counted.get(email)).toEqual([true]);
    expect(await eventsOf(id)).toContain('LOGIN_FAILED');
    expect(await ask('secondFactor', as)).toEqual({ isOn: true, recoveryCodesLeft: 10 });
  });

  it('needs a recent proof by a code', async () => {
    const { as, secret } = await withTotp();
    const byPassword = { ...as, session: { ...as.session, methods: ['pwd'] } } as Asker;
    expect(await ask('disableTotp', byPassword, { code: codeOf(secret) })).toBe('STEP_UP_REQUIRED');
    expect(await ask('regenerateRecoveryCodes', byPassword)).toBe('STEP_UP_REQUIRED');
    expect(await ask('disableTotp', {}, { code: codeOf(secret) })).toBe('UNAUTHENTICATED');
  });
});

describe('new recovery codes', () => {
  it('replace those before', async () => {
    const { as, id, email, codes } = await withTotp();
    const fresh = await ask('regenerateRecoveryCodes', as);
    expect(new Set([...fresh.codes, ...codes]).size).toBe(20);
    expect(await login(email, codes[0])).toMatchObject({ code: 'TOTP_INVALID' });
    expect(outcomeOf(await login(email, fresh.codes[0]))).toBe('AuthSession');
    expect(await mailsTo(id)).toContain('RECOVERY_CODES_REPLACED');
  });

  it('are for accounts that have one-time codes on', async () => {
    const { as } = await signedIn();
    expect(await ask('regenerateRecoveryCodes', as)).toMatchObject({ code: 'TOTP_NOT_ON' });
  });
});

describe('taking somebody’s codes away', () => {
  const administrator = (session: Partial<Viewer['session']> = {}): Asker => ({
    id: newId(),
    roles: ['ADMIN'],
    session: {
      id: newId(),
      authenticatedAt: Math.floor(Date.now() / 1000),
      methods: ['pwd', 'otp'],
      hasSecondFactor: true,
      ...session,
    },
  });
  const remove = (as: Asker, id: string, reason = 'Lost the phone; known by a call back') =>
    ask('removeSecondFactor', as, { id, reason });

  it('lets in who has lost them, ends their sessions, tells them, and keeps who did it and why', async () => {
    const { id, email, refreshToken } = await withTotp();
    const admin = administrator();
    expect(await remove(admin, id)).toEqual({
      __typename: 'SecondFactor',
      isOn: false,
      recoveryCodesLeft: 0,
    });
    const { data } = await users.ask(refreshMutation, { variables: { token: refreshToken } });
    expect(data.refreshSession).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(outcomeOf(await login(email))).toBe('AuthSession');
    const events = await users.prisma.securityEvent.findMany({
      where: { userId: id, kind: 'TOTP_REMOVED' },
    });
    expect(events).toMatchObject([
      { address: null, detail: { by: admin.id, reason: 'Lost the phone; known by a call back' } },
    ]);
    expect(await mailsTo(id)).toContain('TOTP_REMOVED');
    expect(await remove(admin, id)).toMatchObject({ code: 'TOTP_NOT_ON' });
  });

  it('is for administrators with a recent proof, who say why, and not for their own', async () => {
    const { id, email } = await withTotp();
    const refused = (as: Asker, reason?: string) => remove(as, id, reason);
    expect(await refused({})).toBe('UNAUTHENTICATED');
    for (const roles of [['SUPPORT'], ['BUYER', 'SELLER']] as const)
      expect(await refused({ ...administrator(), roles: [...roles] })).toBe('FORBIDDEN');
    expect(await refused(administrator({ authenticatedAt: Date.now() / 1000 - 660 }))).toBe(
      'STEP_UP_REQUIRED',
    );
    expect(await refused(administrator({ methods: ['pwd'] }))).toBe('STEP_UP_REQUIRED');
    expect(await refused(administrator(), ' ')).toBe('BAD_USER_INPUT');
    expect(await refused({ ...administrator(), id })).toMatchObject({ code: 'OWN_ACCOUNT' });
    for (const unknown of [newId(), 'x'])
      expect(await remove(administrator(), unknown)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await login(email)).toMatchObject({ code: 'TOTP_REQUIRED' });
  });
});
