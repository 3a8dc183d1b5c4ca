import type { Instant, Money } from '@emporium/domain';
import type { CartLine } from '../../domain/cart.ts';
import { type CheckoutRefusal, checkOut, sellersIn } from '../../domain/checkout/check-out.ts';
import { type CouponRefusal, couponKey, couponRefusal, mostGuesses } from '../../domain/checkout/coupon.ts';
import type { Destination, Quote } from '../../domain/checkout/quote.ts';
import type { Promotion, ShippingMethod } from '../../domain/checkout/rules.ts';
import { isGuest } from '../../domain/guest.ts';
import type { Ports, UserId } from '../ports.ts';

/** How somebody wants to check out. */
export type CheckoutWish = {
  readonly destination: Destination;
  readonly methods: ReadonlyMap<UserId, ShippingMethod>;
  readonly couponCode: string | null;
  /** What the buyer saw; null when they do not mind. */
  readonly expectedTotal: Money | null;
};

export type PriceRefusal = CheckoutRefusal | { readonly code: CouponRefusal };

export type PricedCart =
  | { readonly ok: true; readonly quote: Quote /** The time that it is of. */; readonly at: Instant }
  | { readonly ok: false; readonly refusal: PriceRefusal };

/** Puts a price on a buyer's cart, by what holds at the database's time. What is wrong without a coupon is said before one is looked up. */
export const priceCart = async (
  ports: Ports,
  buyerId: UserId,
  cart: readonly CartLine[],
  { couponCode, ...wish }: CheckoutWish,
): Promise<PricedCart> => {
  const variantIds = cart.map(({ variantId }) => variantId);
  const catalogue = await ports.catalogue.find(variantIds);
  const sellerIds = sellersIn(cart, catalogue);
  const { at, rules, taxCategories } = await ports.rulebook.inForce({
    destination: wish.destination,
    sellerIds,
    variantIds,
  });
  const price = (coupon: Promotion | null, expectedTotal: Money | null): PricedCart => {
    const all = { ...rules, coupon };
    const priced = checkOut({
      ...wish,
      buyerId,
      cart,
      catalogue,
      taxCategories,
      rules: all,
      expectedTotal,
    });
    return priced.ok ? { ...priced, at } : priced;
  };
  if (couponCode === null) return price(null, wish.expectedTotal);

  const without = price(null, null);
  if (!without.ok && without.refusal.code !== 'TOTAL_LIMIT') return without;
  if ((await ports.coupons.wrongGuesses(buyerId)) >= mostGuesses) return refuse('COUPON_ATTEMPTS');
  const coupon = await ports.coupons.find(couponKey(couponCode), buyerId);
  const refusal = couponRefusal(coupon, at, isGuest(buyerId));
  if (refusal === 'COUPON_UNKNOWN') await ports.coupons.noteWrongGuess(buyerId);
  if (!coupon || refusal) return refuse(refusal ?? 'COUPON_UNKNOWN');
  return price(coupon.promotion, wish.expectedTotal);
};

const refuse = (code: CouponRefusal): PricedCart => ({ ok: false, refusal: { code } });
