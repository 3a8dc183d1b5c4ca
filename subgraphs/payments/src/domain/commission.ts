/** What the marketplace keeps of a sale. */
import { divideHalfEven } from '@emporium/domain';

/** One per cent is 100 of them; the whole is 10,000. */
export type BasisPoints = number;

const whole = 10_000n;

/** Of so many minor units; rounded once, half to even. */
export const commissionOn = (minor: bigint, rate: BasisPoints): bigint =>
  divideHalfEven(minor * BigInt(rate), whole);

/**
 * What the marketplace gives back of its commission when `minor` of the `kept` that the seller still has goes back. Whatever
 * came before, it then has the commission on what is left: so any sequence of parts sums to the commission on all of it.
 */
export const commissionBack = (kept: bigint, minor: bigint, rate: BasisPoints): bigint =>
  commissionOn(kept, rate) - commissionOn(kept - minor, rate);
