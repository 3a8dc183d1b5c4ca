import { asId, asInstant } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import {
  decide,
  evolve,
  mayReadSeller,
  type Seller,
  type SellerCommand,
  type SellerEvent,
  type SellerRefusal,
  sellerStatuses,
} from './seller.ts';

const given = specify<SellerCommand, Seller | null, SellerEvent, SellerRefusal>({
  decide,
  evolve,
  initial: null,
});

const userId = asId<'User'>('ada');
const at = asInstant('2026-01-31T00:00:00.000Z');
const reason = 'Sold fakes.';

const apply = {
  type: 'Apply',
  userId,
  displayName: 'Lovelace & Co',
  at,
  isVerified: true,
  approval: 'manual',
} as const;
const approve = { type: 'Approve', isVerified: true, isOpen: true } as const;
const reject = { type: 'Reject', reason } as const;
const suspend = { type: 'Suspend', reason } as const;
const reinstate = { type: 'Reinstate', isOpen: true } as const;

const applied: SellerEvent = { type: 'Applied', userId, displayName: 'Lovelace & Co', at };
const approved: SellerEvent = { type: 'Approved' };
const rejected: SellerEvent = { type: 'Rejected', reason };
const suspended: SellerEvent = { type: 'Suspended', reason };
const reinstated: SellerEvent = { type: 'Reinstated' };

describe('an application to sell', () => {
  it('waits for an administrator', () => given().when(apply).yields(applied));
  it('is granted at once where nobody is asked, whatever is proven', () =>
    given()
      .when({ ...apply, approval: 'auto', isVerified: false })
      .yields(applied, approved));
  it('needs a proven e-mail address', () =>
    given()
      .when({ ...apply, isVerified: false })
      .refuses('EMAIL_NOT_VERIFIED'));
  it('is made once', () => given(applied).when(apply).refuses('ALREADY_APPLIED'));
  it('is not for who sells', () => given(applied, approved).when(apply).refuses('ALREADY_A_SELLER'));
  it('is no way around a suspension', () =>
    given(applied, approved, suspended)
      .when({ ...apply, approval: 'auto' })
      .refuses('ALREADY_A_SELLER'));
  it('may be made again after a rejection, with another name', () =>
    given(applied, rejected)
      .when({ ...apply, displayName: 'Ada' })
      .yields({ ...applied, displayName: 'Ada' }));

  it('is approved', () => given(applied).when(approve).yields(approved));
  it('is approved once', () => given(applied, approved).when(approve).yields());
  it('is not approved while the address is no longer proven', () =>
    given(applied)
      .when({ ...approve, isVerified: false })
      .refuses('EMAIL_NOT_VERIFIED'));
  it('is rejected', () => given(applied).when(reject).yields(rejected));
  it('is rejected once', () => given(applied, rejected).when(reject).yields());
  it('that was rejected is not approved', () =>
    given(applied, rejected).when(approve).refuses('NOT_PENDING'));
  it('that was approved is not rejected', () =>
    given(applied, approved).when(reject).refuses('NOT_PENDING'));
});

describe('a seller', () => {
  it('is suspended', () => given(applied, approved).when(suspend).yields(suspended));
  it('is suspended once', () => given(applied, approved, suspended).when(suspend).yields());
  it('is not suspended before it sells', () => given(applied).when(suspend).refuses('NOT_ACTIVE'));
  it('is reinstated', () => given(applied, approved, suspended).when(reinstate).yields(reinstated));
  it('is not reinstated while the account is closed', () =>
    given(applied, approved, suspended)
      .when({ ...reinstate, isOpen: false })
      .refuses('NOT_FOUND'));
  it('is reinstated once', () => given(applied, approved).when(reinstate).yields());
  it('is not reinstated by an approval', () =>
    given(applied, approved, suspended).when(approve).refuses('NOT_PENDING'));
  it('is not made by a reinstatement', () => given(applied).when(reinstate).refuses('NOT_SUSPENDED'));
  it('may be suspended again', () =>
    given(applied, approved, suspended, reinstated).when(suspend).yields(suspended));
  it.each([approve, reject, suspend, reinstate])('who never applied is not there: %o', (command) =>
    given().when(command).refuses('NOT_FOUND'),
  );
  it('keeps the reason for as long as it holds', () => {
    const after = (...events: SellerEvent[]) => events.reduce<Seller | null>(evolve, null)?.reason;
    expect(after(applied, approved, suspended)).toBe(reason);
    expect(after(applied, approved, suspended, reinstated)).toBeNull();
    expect(after(applied, rejected, applied)).toBeNull();
  });
});

describe('who may see a seller', () => {
  const readers = {
    owner: { id: 'ada', roles: ['BUYER'] },
    admin: { id: 'root', roles: ['ADMIN'] },
    other: { id: 'bob', roles: ['BUYER', 'SELLER'] },
    nobody: { id: null, roles: [] },
  } as const;

  it.each(sellerStatuses)('%s: all who sell or have sold, and for the owner and ADMIN any', (status) => {
    const isPublic = status === 'ACTIVE' || status === 'SUSPENDED';
    for (const [who, reader] of Object.entries(readers)) {
      const isConcerned = who === 'owner' || who === 'admin';
      expect(mayReadSeller(reader, { id: userId, status })).toBe(isPublic || isConcerned);
    }
  });
});
