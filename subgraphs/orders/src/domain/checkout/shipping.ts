/** What it costs to send a seller's goods, and which way is taken. */
import type { Id, Money } from '@emporium/domain';
import type { ShippingOption } from './quote.ts';
import { type CheckoutRules, type ShippingMethod, type ShippingRate, shippingMethods } from './rules.ts';

/** What is sent: so many units, for which so much is paid. */
export type Parcel = { readonly units: number; readonly paid: Money };

/** The rates by which a seller sends to the destination: their own, or the platform's for who never set any. */
export const ratesOf = (
  sellerId: Id<'User'>,
  { own, platform }: CheckoutRules['shipping'],
): readonly ShippingRate[] => own.get(sellerId) ?? platform;

/**
 * The ways in which goods can be sent, the cheapest first. Rates in another currency are no way to send them; one in theirs
 * comes before one that costs nothing in any.
 */
export const shippingOptions = (
  rates: readonly ShippingRate[],
  { units, paid }: Parcel,
): readonly ShippingOption[] =>
  rates
    .filter(
      ({ currency, method }) =>
        currency === paid.currency ||
        (currency === null &&
          !rates.some((other) => other.method === method && other.currency === paid.currency)),
    )
    .map(({ id: rateId, version, method, minDays, maxDays, ...rate }) => {
      const isFree = rate.freeFromMinor !== null && paid.minor >= rate.freeFromMinor;
      const minor = isFree ? 0n : rate.flatMinor + rate.perItemMinor * BigInt(units);
      return { rateId, version, method, price: { minor, currency: paid.currency }, minDays, maxDays };
    })
    .toSorted((a, b) => Number(a.price.minor - b.price.minor) || rankOf(a.method) - rankOf(b.method));

const rankOf = (method: ShippingMethod): number => shippingMethods.indexOf(method);

/** The option asked for; with no wish STANDARD, and the cheapest where the seller has no such. */
export const chooseOption = (
  options: readonly ShippingOption[],
  wish: ShippingMethod | undefined,
): ShippingOption | undefined => {
  const of = (method: ShippingMethod) => options.find((option) => option.method === method);
  return wish ? of(wish) : (of('STANDARD') ?? options[0]);
};
