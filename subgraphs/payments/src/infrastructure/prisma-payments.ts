import { appendToOutbox } from '@emporium/messaging';
import { readTransactionTime } from '@emporium/subgraph';
import type { Payments } from '../application/ports.ts';
import type { Committed } from './committed.ts';
import type { Prisma } from './generated/client.ts';
import { keepEvent } from './keep-event.ts';
import { paymentOf } from './payment-rows.ts';
import { messagesOf } from './published-events.ts';
import { turnOfPayment } from './turn.ts';

/** Payments in one transaction; whoever loads one has it alone, absent or not. */
export const prismaPayments = (tx: Prisma.TransactionClient, committed: Committed): Payments => ({
  load: async (orderId) => {
    await turnOfPayment(tx, orderId);
    const row = await tx.payment.findUnique({ where: { orderId } });
    const hasEscrows = row !== null && row.status !== 'VOIDED' && row.status !== 'DECLINED';
    const escrows = hasEscrows
      ? await tx.escrow.findMany({ where: { orderId }, orderBy: { shipmentId: 'asc' } })
      : [];
    const refunds = row?.status === 'CAPTURED' ? await tx.refund.findMany({ where: { orderId } }) : [];
    return paymentOf(row, escrows, refunds);
  },

  save: async (orderId, terms, events) => {
    for (const event of events) await keepEvent(tx, orderId, event);
    if (!terms) return;
    const messages = messagesOf(events, terms, await readTransactionTime(tx));
    if (messages.length === 0) return;
    await appendToOutbox(tx, messages);
    committed.hasMessages = true;
  },

  findRefund: async (refundId) => {
    const refund = await tx.refund.findUnique({ where: { id: refundId }, include: { payment: true } });
    const captureId = refund?.payment.providerCaptureId;
    return refund && captureId
      ? { captureId, amount: { minor: refund.amount, currency: refund.currency } }
      : null;
  },
});
