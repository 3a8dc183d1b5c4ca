/** Rules as those see them who set them. */
import type { Currency, Id, Instant } from '@emporium/domain';
import type { Terms } from '../../domain/checkout/coupon.ts';
import type { Promotion, ShippingMethod, ShippingRate, TaxRule } from '../../domain/checkout/rules.ts';

/** Whose rules: a seller's, or the platform's where it is null. */
export type RuleOwner = Id<'User'> | null;

export type ShippingRateKey = {
  readonly owner: RuleOwner;
  readonly country: string;
  readonly method: ShippingMethod;
  /** Null: the one that costs nothing in whatever currency. */
  readonly currency: Currency | null;
};

export type NewShippingRate = ShippingRateKey &
  Omit<ShippingRate, 'id' | 'version' | 'method' | 'currency'>;
export type ShippingRateView = ShippingRate & { readonly country: string };

export type NewTaxRule = Omit<TaxRule, 'id' | 'version'> & {
  readonly country: string;
  /** Null: from now on. */
  readonly validFrom: Instant | null;
};
export type TaxRuleView = TaxRule & { readonly country: string; readonly validFrom: Instant };

export type NewPromotion = Omit<Promotion, 'id' | 'sellerId'> &
  Omit<Terms, 'validFrom'> & {
    readonly owner: RuleOwner;
    /** Null: from now on. */
    readonly validFrom: Instant | null;
  };
/** `redeemed` counts orders; what needs no code is not counted. */
export type PromotionView = Promotion & Terms & { readonly redeemed: number };

/** So many after the one whose id or key was seen last. */
export type RulePage = { readonly limit: number; readonly after: string | null };
