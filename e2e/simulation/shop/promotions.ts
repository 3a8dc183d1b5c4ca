import { asId } from '@emporium/domain';
import type { Terms } from '../../../subgraphs/orders/src/domain/checkout/coupon.ts';
import type { Promotion } from '../../../subgraphs/orders/src/domain/checkout/rules.ts';
import { instantAt } from '../kernel/scheduler.ts';
import { currency, sellerId } from './ids.ts';

/** A promotion with a code, and how often it may be used. */
export type Limited = { readonly promotion: Promotion; readonly terms: Terms };

const coupon = (
  code: string,
  limits: Pick<Terms, 'limitTotal' | 'limitPerUser'>,
  what: Pick<Promotion, 'benefit'> & Partial<Promotion>,
): Limited => ({
  promotion: { id: asId(`promotion-${code}`), name: code, sellerId: null, code, minimum: null, ...what },
  terms: { validFrom: instantAt(0), validUntil: null, ...limits },
});

/** Whose names are in `story.ts`: few for all, one for each buyer, and both, of one seller's goods. */
export const coupons: readonly Limited[] = [
  coupon(
    'FEW',
    { limitTotal: 2, limitPerUser: null },
    { benefit: { kind: 'PERCENTAGE', ratePpm: 123_456 } },
  ),
  coupon(
    'ONCE',
    { limitTotal: null, limitPerUser: 1 },
    { benefit: { kind: 'FIXED_AMOUNT', amount: { minor: 101n, currency } } },
  ),
  coupon(
    'BOTH',
    { limitTotal: 2, limitPerUser: 1 },
    { benefit: { kind: 'BUY_X_GET_Y', buy: 2, get: 1 }, sellerId: sellerId(0) },
  ),
];

/** Taken off whatever comes to so much, and not a round sum. */
export const automatic: readonly Promotion[] = [
  {
    ...{ id: asId('promotion-big'), name: 'big', sellerId: null, code: null },
    ...{ benefit: { kind: 'PERCENTAGE', ratePpm: 33_333 }, minimum: { minor: 2000n, currency } },
  },
];
