import { asId, asInstant } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { decideRefresh, type RefreshToken } from './refresh-token.ts';

const expiresAt = asInstant('2026-01-31T00:00:00.000Z');
const before = asInstant('2026-01-30T23:59:59.999Z');
const fresh: RefreshToken = {
  session: {
    id: asId<'Session'>('session'),
    authenticatedAt: before,
    methods: ['pwd'],
    hasSecondFactor: false,
  },
  device: null,
  userId: asId<'User'>('user'),
  expiresAt,
  isUsed: false,
  isRevoked: false,
};

describe('a refresh token', () => {
  it('is good once', () => expect(decideRefresh(fresh, before)).toEqual({ type: 'rotate', token: fresh }));
  it('that nobody knows is a session that is over', () =>
    expect(decideRefresh(null, before)).toEqual({ type: 'refuse', refusal: 'SESSION_EXPIRED' }));
  it('expires at the moment it says', () =>
    expect(decideRefresh(fresh, expiresAt)).toEqual({ type: 'refuse', refusal: 'SESSION_EXPIRED' }));
  it('used twice ends its session', () =>
    expect(decideRefresh({ ...fresh, isUsed: true }, before)).toEqual({
      type: 'revoke',
      refusal: 'SESSION_REVOKED',
      token: { ...fresh, isUsed: true },
    }));
  it('used twice ends its session even after it expired', () =>
    expect(decideRefresh({ ...fresh, isUsed: true }, expiresAt).type).toBe('revoke'));
  it('of a session that was ended stays refused', () =>
    expect(decideRefresh({ ...fresh, isUsed: true, isRevoked: true }, before)).toEqual({
      type: 'refuse',
      refusal: 'SESSION_REVOKED',
    }));
});
