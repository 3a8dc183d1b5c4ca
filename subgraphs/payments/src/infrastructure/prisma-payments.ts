import type { Instant } from '@emporium/domain';
import { appendToOutbox, gather, gatherAll, type OutgoingMessage } from '@emporium/messaging';
import { readTransactionTime } from '@emporium/subgraph';
import type { Payments } from '../application/ports.ts';
import type { PaymentEvent } from '../domain/payment.ts';
import type { Committed } from './committed.ts';
import type { Prisma } from './generated/client.ts';
import { keepEvents } from './keep-event.ts';
import { loadPayments } from './load-payments.ts';
import { messagesOf } from './published-events.ts';

type Change = {
  readonly orderId: string;
  readonly events: readonly PaymentEvent[];
  readonly messages: readonly OutgoingMessage[];
};

/** Payments in one transaction; whoever loads one has it alone, absent or not. */
export const prismaPayments = (tx: Prisma.TransactionClient, committed: Committed): Payments => {
  /** The transaction's time, once anything was loaded. */
  let time: Instant | null = null;
  const load = gather(async (orderIds: readonly string[]) => {
    const { payments, now } = await loadPayments(tx, orderIds);
    time = now;
    return payments;
  });
  const keep = gatherAll(async (changes: readonly Change[]) => {
    await keepEvents(
      tx,
      changes.map(({ orderId, events }) => events.map((event) => ({ orderId, event }))),
    );
    const messages = changes.flatMap((change) => change.messages);
    if (messages.length === 0) return;
    await appendToOutbox(tx, messages);
    committed.hasMessages = true;
  });
  return {
    load,
    save: async (orderId, terms, events) => {
      time ??= await readTransactionTime(tx);
      // Made here, under the cause of whoever saves.
      await keep({ orderId, events, messages: terms ? messagesOf(events, terms, time) : [] });
    },
    paidOut: (orderId) =>
      tx.$queryRaw`
        SELECT DISTINCT seller_id AS "sellerId", coalesce(settles_in, currency) AS currency FROM escrows
        WHERE order_id = ${orderId} AND state = 'RELEASED' ORDER BY 1, 2`,
    settlesIn: async (shipmentId) => {
      const [row] = await tx.$queryRaw<{ currency: string }[]>`
        SELECT coalesce(settles_in, currency) AS currency FROM escrows WHERE shipment_id = ${shipmentId}`;
      return row?.currency ?? null;
    },
    findRefund: async (refundId) => {
      const refund = await tx.refund.findUnique({ where: { id: refundId }, include: { payment: true } });
      const captureId = refund?.payment.providerCaptureId;
      return refund && captureId
        ? { captureId, amount: { minor: refund.amount, currency: refund.currency } }
        : null;
    },
  };
};
