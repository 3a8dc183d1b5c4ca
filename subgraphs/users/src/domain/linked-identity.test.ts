import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from './email.ts';
import { decideLink, decideSignIn, type ProvenIdentity } from './linked-identity.ts';

const [ada, eve] = [asId<'User'>('ada'), asId<'User'>('eve')];
const email = normaliseEmail('ada@example.org');
const identity: ProvenIdentity = {
  issuer: 'https://id.example',
  subject: '1',
  verifiedEmail: email,
  name: 'Ada',
};
const unproven = { ...identity, verifiedEmail: null };
const verified = { userId: ada, isVerified: true };
const unverified = { userId: ada, isVerified: false };
const linkRequired = { type: 'refuse', refusal: 'LINK_REQUIRED' };

describe('signing in with an identity', () => {
  it('that is linked needs no address', () => {
    expect(decideSignIn(unproven, ada, null)).toEqual({ type: 'sign-in', userId: ada });
  });
  it('that is linked goes to its own account, whatever address it has now', () => {
    expect(decideSignIn(identity, eve, verified)).toEqual({ type: 'sign-in', userId: eve });
  });
  it('links it to the account of its address where both sides verified it', () => {
    expect(decideSignIn(identity, null, verified)).toEqual({ type: 'link', userId: ada });
  });
  it.each([
    ['the provider did not verify it', unproven, verified],
    ['nobody verified it', unproven, unverified],
    ['the provider did not verify it, and nobody has it', unproven, null],
  ])('is refused where %s', (_what, shown, account) => {
    expect(decideSignIn(shown, null, account)).toEqual(linkRequired);
  });
  it('reclaims the account of its address where the provider alone verified it', () => {
    expect(decideSignIn(identity, null, unverified)).toEqual({ type: 'reclaim', userId: ada });
  });
  it('opens an account for an address that nobody has', () => {
    expect(decideSignIn(identity, null, null)).toEqual({ type: 'open', email });
  });
});

describe('linking an identity', () => {
  it('to an account whose address is verified needs no more', () => {
    expect(decideLink(unproven, null, { ...verified, email })).toEqual({
      type: 'link',
      provesEmail: false,
    });
  });
  it('to one whose address is not proves it, if it is the same', () => {
    expect(decideLink(identity, null, { ...unverified, email })).toEqual({
      type: 'link',
      provesEmail: true,
    });
  });
  it.each([
    ['EMAIL_NOT_VERIFIED', unproven, null, unverified],
    [
      'EMAIL_NOT_VERIFIED',
      { ...identity, verifiedEmail: normaliseEmail('eve@example.org') },
      null,
      unverified,
    ],
    ['LINKED_ALREADY', identity, ada, verified],
    ['LINKED_ELSEWHERE', identity, eve, verified],
  ])('is refused with %s', (refusal, shown, linkedTo, account) => {
    expect(decideLink(shown, linkedTo, { ...account, email })).toEqual({ type: 'refuse', refusal });
  });
});
