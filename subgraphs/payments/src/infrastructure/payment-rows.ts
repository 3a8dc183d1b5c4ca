/** Rows to the domain's words. */
import { asId, type Money } from '@emporium/domain';
import type { Rate } from '../domain/conversion.ts';
import type { BuyerAction, Escrow, Payment, Shipment, Terms } from '../domain/payment.ts';
import type { RecordedStatus } from '../domain/payment-status.ts';
import type { ProviderName } from '../domain/provider.ts';
import type {
  Escrow as EscrowRow,
  Payment as PaymentRow,
  Refund as RefundRow,
} from './generated/client.ts';

const shipmentOf = (row: EscrowRow): Shipment => {
  const { shipmentId, sellerId, amount, currency, commissionRate } = row;
  const settlement = settlementOf(row);
  return {
    shipmentId: asId(shipmentId),
    sellerId: asId(sellerId),
    amount: { minor: amount, currency },
    commissionRate,
    ...(settlement && { settlement }),
  };
};

/** The four columns are there together, or none is. */
const settlementOf = ({
  currency,
  settlesIn,
  rateNumerator,
  rateDenominator,
  rateDate,
}: EscrowRow): Rate | null =>
  settlesIn === null || rateNumerator === null || rateDenominator === null || rateDate === null
    ? null
    : {
        from: currency,
        to: settlesIn,
        numerator: rateNumerator,
        denominator: rateDenominator,
        date: rateDate.toISOString().slice(0, 'YYYY-MM-DD'.length),
      };

const escrowStates = { HELD: 'held', RELEASED: 'released', REFUNDED: 'refunded' } as const;

const escrowOf = (row: EscrowRow): Escrow => ({
  ...shipmentOf(row),
  state: escrowStates[row.state as keyof typeof escrowStates],
  shipped: row.shippedAt !== null,
  refunded: row.refunded,
  reclaimed: row.reclaimed,
  conceded: row.conceded,
  frozenBy: row.frozenBy === null ? null : asId(row.frozenBy),
  releaseDue: row.releaseDue,
});

/** What a payment costs; null while nobody has asked for it. */
export const totalOf = ({ amount, currency }: Pick<PaymentRow, 'amount' | 'currency'>): Money | null =>
  amount === null || currency === null ? null : { minor: amount, currency };

const termsOf = (row: PaymentRow, total: Money, shipments: readonly EscrowRow[]): Terms => ({
  orderId: asId(row.orderId),
  paymentId: asId(row.id),
  buyerId: asId(row.buyerId ?? ''),
  method: row.method === 'WALLET' ? 'WALLET' : 'CARD',
  provider: row.provider as ProviderName,
  total,
  shipments: shipments.map(shipmentOf),
});

/** One payment from its rows; `escrows` and `refunds` are all of its order's. */
export const paymentOf = (
  row: PaymentRow | null,
  escrows: readonly EscrowRow[],
  refunds: readonly RefundRow[],
): Payment => {
  if (!row) return { status: 'absent' };
  const status = row.status as RecordedStatus;
  const total = totalOf(row);
  if (status === 'VOIDED' || !total) return { status: 'void', requested: total !== null };
  if (status === 'DECLINED') return { status: 'declined' };
  const terms = termsOf(row, total, escrows);
  if (status === 'PENDING') return { status: 'pending', terms };
  if (status === 'CAPTURING') {
    const { cancelRequested, nextAction } = row;
    return { status: 'capturing', terms, cancelRequested, awaitsBuyer: nextAction as BuyerAction | null };
  }
  return {
    status: 'captured',
    terms,
    escrows: escrows.map(escrowOf),
    refunds: refunds.map(({ id, amount, currency, settledAt }) => ({
      refundId: asId(id),
      amount: { minor: amount, currency },
      settled: settledAt !== null,
    })),
  };
};
