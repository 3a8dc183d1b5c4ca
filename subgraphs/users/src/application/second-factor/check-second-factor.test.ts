import { asId, asInstant } from '@emporium/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../domain/email.ts';
import { stepAt } from '../../domain/second-factor/time-steps.ts';
import { readTypedCode } from '../../domain/second-factor/typed-code.ts';
import type { User } from '../../domain/user.ts';
import { nowhere } from '../origin.ts';
import type { Ports } from '../ports.ts';
import { checkSecondFactor } from './check-second-factor.ts';
import type { SecondFactor } from './second-factors.ts';
import type { Codes } from './use-code.ts';

const ada: User = {
  id: asId<'User'>('ada'),
  email: normaliseEmail('ada@example.org'),
  name: 'Ada',
  roles: ['BUYER'],
  emailVerified: true,
  state: 'ACTIVE',
};
const recoveryCode = 'ABCD-EFGH-JKMN-PQRS';

let now = asInstant('2026-01-31T00:00:00.000Z');
let factor: SecondFactor | null;
let recoveryCodes: Set<string>;
let told: string[];
beforeEach(() => {
  now = asInstant('2026-01-31T00:00:00.000Z');
  factor = { secret: 'SECRET', isOn: true, lastStep: 0 };
  recoveryCodes = new Set(['print of ABCDEFGHJKMNPQRS']);
  told = [];
});

/** A step's digits are its last six. */
const digitsOf = (step: number): string => String(step).slice(-6);

const ports = {
  now: async () => now,
  secondFactors: {
    find: async () => factor,
    useStep: async (_userId: string, step: number) => {
      if (!factor || factor.lastStep >= step) return false;
      factor = { ...factor, lastStep: step };
      return true;
    },
    useRecoveryCode: async (_userId: string, fingerprint: string) => recoveryCodes.delete(fingerprint),
    countRecoveryCodes: async () => recoveryCodes.size,
  },
  securityEvents: { record: async ({ kind }: { kind: string }) => void told.push(kind) },
  mails: { send: async ({ template }: { template: string }) => void told.push(`mail ${template}`) },
} as unknown as Ports;
const codes = {
  oneTimeCodes: { isCodeOf: (_secret: string, step: number, digits: string) => digits === digitsOf(step) },
  secrets: { create: () => 'secret', fingerprint: (text: string) => `print of ${text}` },
} as unknown as Codes;

const check = (text: string | null) =>
  checkSecondFactor(codes)(ports, ada, text === null ? null : readTypedCode(text), nowhere);
const codeOf = (shift: number) => digitsOf(stepAt(now) + shift);
const both = ['otp'];

describe('the second factor', () => {
  it('is not asked of accounts that have none, or have not confirmed it', async () => {
    factor = null;
    expect(await check(null)).toEqual([]);
    factor = { secret: 'SECRET', isOn: false, lastStep: 0 };
    expect(await check(codeOf(0))).toEqual([]);
  });

  it('is asked of those that have', async () => expect(await check(null)).toBe('TOTP_REQUIRED'));

  it.each([-1, 0, 1])('is a code of a clock that is %s steps off', async (shift) =>
    expect(await check(codeOf(shift))).toEqual(both),
  );
  it.each([-2, 2])('is no code that is %s steps off', async (shift) =>
    expect(await check(codeOf(shift))).toBe('TOTP_INVALID'),
  );

  it('takes each code once, and none of before', async () => {
    const [before, present, next] = [codeOf(-1), codeOf(0), codeOf(1)];
    expect(await check(present)).toEqual(both);
    expect(await check(present)).toBe('TOTP_INVALID');
    expect(await check(before)).toBe('TOTP_INVALID');
    expect(await check(next)).toEqual(both);
  });

  it('takes a recovery code once, and tells its owner', async () => {
    expect(await check(recoveryCode)).toEqual(both);
    expect(await check(recoveryCode)).toBe('TOTP_INVALID');
    expect(told).toEqual(['RECOVERY_CODE_USED', 'mail RECOVERY_CODE_USED']);
  });
});
