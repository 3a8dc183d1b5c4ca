/** What is held of a payment, shipment by shipment. */
import { add, type Money, negate, refuse, sum } from '@emporium/domain';
import { commissionOn } from './commission.ts';
import { conversionOf } from './conversion.ts';
import type { Escrow, Payment, PaymentDecision, PaymentEvent, Shipment, Terms } from './payment.ts';

export type Captured = Extract<Payment, { status: 'captured' }>;

export const isHeld = ({ state }: Escrow): boolean => state === 'held';

/** What the sellers of a payment were paid for. */
export const releasedIn = (payment: Payment): readonly Escrow[] =>
  payment.status === 'captured' ? payment.escrows.filter(({ state }) => state === 'released') : [];

/** The currency that its seller is paid in. */
export const paidIn = ({ settlement, amount }: Shipment): string => settlement?.to ?? amount.currency;

/** What is still in it. */
export const leftOf = ({ amount, refunded }: Escrow): Money => ({
  minor: amount.minor - refunded,
  currency: amount.currency,
});

export const onEscrow = (
  payment: Payment,
  shipmentId: string,
  then: (escrow: Escrow, payment: Captured) => PaymentDecision,
): PaymentDecision => {
  if (payment.status !== 'captured') return refuse('NOT_CAPTURED');
  const escrow = payment.escrows.find((each) => each.shipmentId === shipmentId);
  return escrow ? then(escrow, payment) : refuse('UNKNOWN_SHIPMENT');
};

/** Back to a wallet at once; back to a card when the provider says so. */
export const refund = (
  { method, total }: Terms,
  shipments: readonly Shipment[],
  refundId: Extract<PaymentEvent, { type: 'RefundRecorded' }>['refundId'],
  { staysHeld }: { readonly staysHeld: boolean } = { staysHeld: false },
): PaymentEvent[] => {
  const shares = shipments.map(({ shipmentId, amount }) => ({ shipmentId, amount }));
  const amount = sum(
    shares.map((share) => share.amount),
    total.currency,
  );
  if (amount.minor === 0n) return [];
  const recorded: PaymentEvent = {
    ...{ type: 'RefundRecorded', refundId, amount, shares },
    ...(staysHeld && { staysHeld }),
  };
  return method === 'WALLET' ? [recorded, { type: 'RefundSettled', refundId, amount }] : [recorded];
};

/** So much of it goes to its seller. */
export const released = (
  { shipmentId, sellerId, frozenBy, commissionRate, settlement }: Escrow,
  amount: Money,
): Extract<PaymentEvent, { type: 'Released' }> => {
  const commission = { minor: commissionOn(amount.minor, commissionRate), currency: amount.currency };
  return {
    type: 'Released',
    shipment: { shipmentId, sellerId, amount },
    commission,
    disputeId: frozenBy,
    ...(settlement && { conversion: conversionOf(add(amount, negate(commission)), settlement) }),
  };
};
