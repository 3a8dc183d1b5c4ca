/** How far a payment has come, as others see it. */
export type PaymentStatus =
  | 'PENDING'
  | 'CAPTURED'
  | 'DECLINED'
  | 'VOIDED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED';

/** What is kept of it; that a refund is complete follows from the amounts. */
export type RecordedStatus = 'PENDING' | 'CAPTURING' | 'CAPTURED' | 'DECLINED' | 'VOIDED';

/** Amounts in minor units; `refunded` is what has arrived, not what is on its way. */
export const statusOf = (recorded: RecordedStatus, captured: bigint, refunded: bigint): PaymentStatus => {
  if (recorded === 'CAPTURING') return 'PENDING';
  if (recorded !== 'CAPTURED' || refunded === 0n) return recorded;
  return refunded === captured ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
};
