import { type MakerRefusal, mayKeepRules, type RuleMaker } from '../../domain/checkout/may-keep.ts';
import type { Transact } from '../ports.ts';
import type { NewShippingRate, ShippingRateKey, ShippingRateView } from './rule-views.ts';

export type ShippingRateOutcome =
  | { readonly ok: true; readonly rate: ShippingRateView }
  | { readonly ok: false; readonly refusal: MakerRefusal | 'NOT_FOUND' | 'RATE_LIMIT' };

/** Every country, in every way, in a few currencies. */
const mostRates = 2000;

const ownerOf = (by: RuleMaker, ofPlatform: boolean) => (ofPlatform ? null : by.id);

/** Says what sending somewhere costs: from then on a seller sends only where they said so. */
export const setShippingRate =
  (transact: Transact) =>
  (
    by: RuleMaker,
    ofPlatform: boolean,
    rate: Omit<NewShippingRate, 'owner'>,
  ): Promise<ShippingRateOutcome> =>
    transact(async ({ rules }) => {
      const refusal = mayKeepRules(by, ofPlatform);
      if (refusal) return { ok: false, refusal };
      const owner = ownerOf(by, ofPlatform);
      const others = await rules.countOtherShippingRates({ ...rate, owner });
      if (others >= mostRates) return { ok: false, refusal: 'RATE_LIMIT' };
      return { ok: true, rate: await rules.setShippingRate({ ...rate, owner }) };
    });

/** Takes a way of sending back. A seller without any sends by the platform's rates again. */
export const removeShippingRate =
  (transact: Transact) =>
  (by: RuleMaker, ofPlatform: boolean, key: Omit<ShippingRateKey, 'owner'>): Promise<ShippingRateOutcome> =>
    transact(async ({ rules }) => {
      const refusal = mayKeepRules(by, ofPlatform);
      if (refusal) return { ok: false, refusal };
      const rate = await rules.removeShippingRate({ ...key, owner: ownerOf(by, ofPlatform) });
      return rate ? { ok: true, rate } : { ok: false, refusal: 'NOT_FOUND' };
    });
