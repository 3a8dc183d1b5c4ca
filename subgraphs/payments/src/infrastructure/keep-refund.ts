/** Writes what goes back to a buyer: how much in all, and of which shipments. */
import type { Share } from '../domain/journal.ts';
import type { PaymentEvent } from '../domain/payment.ts';
import type { Prisma } from './generated/client.ts';

type Tx = Prisma.TransactionClient;

export const keepRefund = async (
  tx: Tx,
  orderId: string,
  { refundId, amount }: Extract<PaymentEvent, { type: 'RefundRecorded' | 'Reclaimed' }>,
): Promise<void> => {
  await tx.refund.createMany({
    data: { id: refundId, orderId, currency: amount.currency, amount: amount.minor },
  });
  await tx.payment.updateMany({ where: { orderId }, data: { refunding: { increment: amount.minor } } });
};

/** From escrow; nothing is held any more when all of it went back, but of what arrived. */
export const keepShares = async (tx: Tx, shares: readonly Share[], staysHeld: boolean): Promise<void> => {
  await tx.$executeRaw`
    UPDATE escrows
    SET refunded = refunded + share.minor,
      state = CASE WHEN refunded + share.minor = amount AND NOT ${staysHeld} THEN 'REFUNDED' ELSE state END
    FROM unnest(
      ${shares.map(({ shipmentId }) => shipmentId)}::text[], ${shares.map(({ amount }) => amount.minor)}::bigint[]
    ) AS share (id, minor)
    WHERE shipment_id = share.id`;
};

/** From what the seller had already. */
export const keepReclaimed = async (
  tx: Tx,
  {
    shipmentId,
    amount,
    fromCommission,
    conversion,
    withWholeOrder = false,
  }: Extract<PaymentEvent, { type: 'Reclaimed' }>,
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE escrows SET reclaimed = reclaimed + ${amount.minor}, commission = commission - ${fromCommission.minor},
      conceded = conceded + CASE WHEN ${withWholeOrder} THEN ${amount.minor} ELSE 0 END,
      settled = settled - ${conversion?.target.minor ?? 0n}
    WHERE shipment_id = ${shipmentId}`;
};
