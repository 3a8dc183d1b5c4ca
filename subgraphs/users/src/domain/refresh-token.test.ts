import { asId, asInstant } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { decideRefresh, type RefreshToken, type TokenUse } from './refresh-token.ts';

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
  use: null,
  isRevoked: false,
};
const graceUntil = asInstant('2026-01-30T12:00:10.000Z');
const usedBy = (use: Partial<TokenUse>): RefreshToken => ({
  ...fresh,
  use: { graceUntil, by: null, salt: 'salt', ...use },
});
const used = usedBy({});
const presented = { at: before, by: null };

describe('a refresh token', () => {
  it('is good once', () =>
    expect(decideRefresh(fresh, presented)).toEqual({ type: 'rotate', token: fresh }));
  it('that nobody knows is a session that is over', () =>
    expect(decideRefresh(null, presented)).toEqual({ type: 'refuse', refusal: 'SESSION_EXPIRED' }));
  it('expires at the moment it says', () =>
    expect(decideRefresh(fresh, { at: expiresAt, by: null })).toEqual({
      type: 'refuse',
      refusal: 'SESSION_EXPIRED',
    }));
  it('used twice ends its session', () =>
    expect(decideRefresh(used, presented)).toEqual({
      type: 'revoke',
      refusal: 'SESSION_REVOKED',
      token: used,
    }));
  it('used twice ends its session even after it expired', () =>
    expect(decideRefresh(used, { at: expiresAt, by: null }).type).toBe('revoke'));
  it('of a session that was ended stays refused', () =>
    expect(decideRefresh({ ...used, isRevoked: true }, presented)).toEqual({
      type: 'refuse',
      refusal: 'SESSION_REVOKED',
    }));
});

describe('a refresh token that two tabs of a browser send at once', () => {
  const inBrowser = usedBy({ by: 'browser' });
  const soon = graceUntil;
  const late = asInstant('2026-01-30T12:00:10.001Z');

  it('is followed by the same for both', () =>
    expect(decideRefresh(inBrowser, { at: soon, by: 'browser' })).toEqual({
      type: 'repeat',
      token: inBrowser,
      salt: 'salt',
    }));
  it.each([
    ['later than ten seconds', inBrowser, { at: late, by: 'browser' }],
    ['from another browser', inBrowser, { at: soon, by: 'another' }],
    ['by whoever keeps it in no cookie', inBrowser, { at: soon, by: null }],
    ['that was kept in no cookie before', usedBy({ by: null }), { at: soon, by: null }],
    ['whose successor was used', usedBy({ by: 'browser', salt: null }), { at: soon, by: 'browser' }],
  ])('ends the session when it comes %s', (_when, token, presentation) =>
    expect(decideRefresh(token, presentation).type).toBe('revoke'),
  );
  it('stays refused once the session has ended', () =>
    expect(decideRefresh({ ...inBrowser, isRevoked: true }, { at: soon, by: 'browser' }).type).toBe(
      'refuse',
    ));
});
