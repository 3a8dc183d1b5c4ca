import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { guestOf, isGuest, nobody } from './guest.ts';
import { evolve, initial } from './order.ts';
import type { OrderCommand } from './order-command.ts';
import type { OrderEvent } from './order-event.ts';
import {
  admin,
  allOff,
  at,
  placed as bought,
  buyer,
  cancelled,
  cancelledBy,
  cancelledUnpaid,
  reserved,
  stranger,
} from './sample-order.ts';
import { timelineOf } from './timeline.ts';

const given = specify({ decide, evolve, initial });
const guest = guestOf(asId<'Order'>('order'));
const placed: OrderEvent = { ...bought, buyerId: guest };
const claimed: OrderEvent = { type: 'Claimed', at, by: buyer.id };
const claim = (by = buyer): OrderCommand => ({ type: 'Claim', at, by: by.id });
const cancel = (by: typeof buyer): OrderCommand => ({ type: 'Cancel', at, by });

describe('an order that was placed without an account', () => {
  it('is claimed once, however far it has come', () => {
    given(placed).when(claim()).yields(claimed);
    given(placed, reserved, cancelled).when(claim()).yields(claimed);
    given(placed, claimed).when(claim()).yields();
    given(placed, claimed).when(claim(stranger)).refuses('NOT_FOUND');
  });
  it('does not become its seller’s', () =>
    given(placed)
      .when(claim({ id: asId('potter'), isAdmin: false }))
      .refuses('OWN_GOODS'));
  it('is moved by its guest until then, and by the account afterwards', () => {
    const asGuest = { id: guest, isAdmin: false };
    given(placed)
      .when(cancel(asGuest))
      .yields(cancelledBy(asGuest, ...allOff(0n, 0n)));
    given(placed).when(cancel(buyer)).refuses('NOT_FOUND');
    given(placed)
      .when(cancel({ id: nobody, isAdmin: false }))
      .refuses('NOT_FOUND');
    given(placed, claimed).when(cancel(asGuest)).refuses('NOT_FOUND');
    given(placed, claimed).when(cancel(buyer)).yields(cancelledUnpaid);
  });
  it('is no other account’s to claim when one bought it', () => {
    given(bought).when(claim(stranger)).refuses('NOT_FOUND');
    given().when(claim()).refuses('NOT_FOUND');
  });
});

describe('its timeline', () => {
  const entries = (...events: readonly OrderEvent[]) =>
    timelineOf(
      events.map((event, index) => ({ event, sequence: index + 1, causationId: null })),
      { whole: null, parts: new Map(), returns: [] },
      { part: 'WHOLE', onlooker: { id: buyer.id, readsAll: false } },
    ).map(({ type, actor, userId }) => [type, actor, userId]);

  it('names no user for a guest, and the account from when it had the order', () =>
    expect(entries(placed, claimed, cancelled)).toEqual([
      ['Placed', 'BUYER', null],
      ['Claimed', 'BUYER', buyer.id],
      ['Cancelled', 'BUYER', buyer.id],
    ]));
  it('knows the guest from an administrator', () => {
    const by = (id: typeof guest) => entries(placed, cancelledBy({ id, isAdmin: false }), claimed)[1];
    expect(by(guest)).toEqual(['Cancelled', 'BUYER', null]);
    expect(by(admin.id)).toEqual(['Cancelled', 'ADMIN', null]);
  });
});

it('no account is a guest', () => {
  expect(isGuest(asId('01900000-0000-7000-9000-000000000000'))).toBe(false);
  expect(isGuest(guest)).toBe(true);
});
