import { describe, expect, it } from 'vitest';
import type { OrderEvent } from './order-event.ts';
import {
  buyer,
  confirmed,
  delivered,
  mug,
  placed,
  pots,
  potter,
  reserved,
  returnApproved,
  returnReceived,
  returnRequested,
  shipped,
} from './sample-order.ts';
import { timelineOf } from './timeline.ts';

const said = { whole: null, parts: new Map(), returns: [] };
const actorsOf = (...events: readonly OrderEvent[]) =>
  timelineOf(
    events.map((event, index) => ({ event, sequence: index + 1, causationId: null })),
    said,
    { part: 'WHOLE', onlooker: { id: buyer.id, readsAll: false } },
  ).map(({ type, actor }) => `${type}: ${actor}`);

describe('a timeline', () => {
  it('has a return approved and received by its seller, also when they bought it themselves', () => {
    const unit = { variantId: mug.id, quantity: 1 };
    const back = returnReceived([{ ...unit, disposition: 'RESTOCK', locationId: null }], 850n);
    const own: OrderEvent = { ...placed, buyerId: potter.id };
    const sent = [own, reserved, confirmed, shipped(pots), delivered(pots)];
    const returned = [returnRequested([unit]), returnApproved, back];
    expect(actorsOf(...sent, ...returned).slice(-3)).toEqual([
      'ReturnRequested: BUYER',
      'ReturnApproved: SELLER',
      'ReturnReceived: SELLER',
    ]);
  });
});
