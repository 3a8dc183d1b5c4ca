import {
  type MakerRefusal,
  mayKeepRules,
  mayTouch,
  type RuleMaker,
} from '../../domain/checkout/may-keep.ts';
import type { Transact } from '../ports.ts';
import type { PromotionId } from './ports.ts';
import type { NewPromotion, PromotionView } from './rule-views.ts';

export type PromotionOutcome =
  | { readonly ok: true; readonly promotion: PromotionView }
  | { readonly ok: false; readonly refusal: MakerRefusal | 'CODE_TAKEN' | 'PROMOTION_LIMIT' | 'NOT_FOUND' };

/** Each is worked out in every quote that it might be for. */
const mostAutomatic = 20;

/** Takes something off from now on, or from a later moment: a seller off their own goods, the platform off all. */
export const createPromotion =
  (transact: Transact) =>
  (by: RuleMaker, ofPlatform: boolean, made: Omit<NewPromotion, 'owner'>): Promise<PromotionOutcome> =>
    transact(async ({ rules }) => {
      const refusal = mayKeepRules(by, ofPlatform);
      if (refusal) return { ok: false, refusal };
      const owner = ofPlatform ? null : by.id;
      if (made.code === null && (await rules.countAutomatic(owner)) >= mostAutomatic) {
        return { ok: false, refusal: 'PROMOTION_LIMIT' };
      }
      const promotion = await rules.addPromotion({ ...made, owner });
      return promotion ? { ok: true, promotion } : { ok: false, refusal: 'CODE_TAKEN' };
    });

/** Ends it now; what was ordered keeps what was taken off. */
export const endPromotion =
  (transact: Transact) =>
  (by: RuleMaker, id: PromotionId): Promise<PromotionOutcome> =>
    transact(async ({ rules }) => {
      const found = await rules.ownerOfPromotion(id);
      if (!found || !mayTouch(by, found.owner)) return { ok: false, refusal: 'NOT_FOUND' };
      return { ok: true, promotion: await rules.endPromotion(id) };
    });
