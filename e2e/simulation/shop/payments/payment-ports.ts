import { asId, zero } from '@emporium/domain';
import type { Ports } from '../../../../subgraphs/payments/src/application/ports.ts';
import { walletsPaid } from '../../../../subgraphs/payments/src/domain/escrow.ts';
import { evolve } from '../../../../subgraphs/payments/src/domain/evolve-payment.ts';
import {
  initial,
  type PaymentEvent,
  type Terms,
} from '../../../../subgraphs/payments/src/domain/payment.ts';
import { sandboxAlone } from '../../../../subgraphs/payments/src/domain/provider-routing.ts';
import { messagesOf } from '../../../../subgraphs/payments/src/infrastructure/published-events.ts';
import { partly } from '../../store/not-simulated.ts';
import { openToken } from '../sealed-token.ts';
import { createCallStore } from './call-store.ts';
import { paidAbroad, rateAt } from './exchange.ts';
import { createLedgerStore } from './ledger-store.ts';
import { createMethodStore } from './method-store.ts';
import type { PaymentTables } from './payment-tables.ts';
import type { PaymentsWithin } from './within.ts';

/** One in twenty of what is sold. */
const commission = 500;

/** What payments asks of one transaction, as far as the simulated world goes. */
export const paymentPorts = (within: PaymentsWithin): Ports => {
  const { newId, tx, tables, scheduler } = within;
  const methods = createMethodStore(within);
  return partly<Ports>('payments', {
    newId: () => asId(newId()),
    payments: createPaymentStore(within),
    ledger: createLedgerStore(within),
    calls: createCallStore(within),
    walletRequests: createRequestStore(within),
    disputes: createDisputeStore(within),
    commission: partly<Ports['commission']>('commission', {
      agreedFor: async (sellerIds, soldIn) => {
        await tx.statement('looks what is agreed');
        const settlement = rateAt(scheduler.now(), soldIn);
        const agreed = { commissionRate: commission, ...(settlement ? { settlement } : {}) };
        return new Map(
          sellerIds.map((id) => [id, id === paidAbroad ? agreed : { commissionRate: commission }]),
        );
      },
    }),
    exchangeRates: partly<Ports['exchangeRates']>('exchange rates', {
      present: async (from) => {
        await tx.statement('looks for the present rate');
        return rateAt(scheduler.now(), from);
      },
    }),
    claimedOrders: {
      claim: async (orderId, buyerId) => {
        await tx.statement(`notes who has ${orderId}`);
        await tx.lock(`payment of ${orderId}`);
        await tx.insert(tables.claims, orderId, buyerId);
      },
      close: async (orderId, guestId) => {
        await tx.statement(`notes that no token opens ${orderId}`);
        await tx.lock(`payment of ${orderId}`);
        await tx.insert(tables.claims, orderId, guestId);
      },
    },
    routing: sandboxAlone,
    payoutAccounts: partly<Ports['payoutAccounts']>('payout accounts', { find: async () => null }),
    paymentMethods: partly<Ports['paymentMethods']>('payment methods', {
      ...methods.store,
      findCard: async ({ userId, sealed, token: given, paymentMethodId }) => {
        const token = sealed ? await openToken(sealed.token, sealed.orderId) : given;
        return token ? { type: 'CARD', token } : methods.findSaved(userId, paymentMethodId);
      },
    }),
    verifiedUsers: partly<Ports['verifiedUsers']>('verified users', { isVerified: async () => true }),
  });
};

const createPaymentStore = ({ tx, tables, tell, scheduler }: PaymentsWithin): Ports['payments'] => {
  const rowOf = (orderId: string) =>
    tx.read(tables.payments, orderId) ?? { orderId, payment: initial, terms: null, events: [] };
  return partly<Ports['payments']>('payments', {
    load: async (orderId) => {
      await tx.statement(`loads the payment of ${orderId}`);
      await tx.lock(`payment of ${orderId}`);
      return rowOf(orderId).payment;
    },
    save: async (orderId, terms, events) => {
      await tx.statement(`saves the payment of ${orderId}`);
      const row = rowOf(orderId);
      await tx.put(tables.payments, orderId, {
        orderId,
        payment: events.reduce(evolve, row.payment),
        terms: terms ?? row.terms,
        events: [...row.events, ...events],
      });
      if (!terms) return;
      for (const event of events) await keepDispute(tx, tables, terms, event);
      tell(messagesOf(events, terms, scheduler.instant()));
    },
    paidOut: async (orderId) => {
      await tx.statement(`looks who was paid for ${orderId}`);
      return walletsPaid(rowOf(orderId).payment);
    },
    settlesIn: async (shipmentId) => {
      await tx.statement(`looks in which currency ${shipmentId} is settled`);
      const shipments = tx.rows(tables.payments).flatMap(({ terms }) => terms?.shipments ?? []);
      return shipments.find((each) => each.shipmentId === shipmentId)?.amount.currency ?? null;
    },
    findRefund: async (refundId) => {
      await tx.statement(`looks for refund ${refundId}`);
      for (const { events } of tx.rows(tables.payments)) {
        const refund = events.find(
          (event) =>
            (event.type === 'RefundRecorded' || event.type === 'Reclaimed') && event.refundId === refundId,
        );
        const capture = events.find((event) => event.type === 'Captured');
        const captureId = capture?.type === 'Captured' ? capture.captureId : null;
        if (refund && 'amount' in refund && captureId) return { captureId, amount: refund.amount };
      }
      return null;
    },
  });
};

const keepDispute = async (
  tx: PaymentsWithin['tx'],
  { disputes, claims }: PaymentTables,
  { orderId, total, ...terms }: Terms,
  event: PaymentEvent,
): Promise<void> => {
  if (event.type === 'DisputeOpened') {
    const { disputeId: id, shipmentId } = event;
    const buyerId = tx.read(claims, orderId) ?? terms.buyerId;
    const nothing = zero(total.currency);
    await tx.put(disputes, id, {
      ...{ id, orderId, shipmentId, buyerId, status: 'OPEN' as const },
      ...{ refunded: nothing, released: nothing, inputHash: null, idempotencyKey: null },
    });
  }
  const ended = event.type === 'DisputeEnded' ? tx.read(disputes, event.disputeId) : undefined;
  if (event.type !== 'DisputeEnded' || !ended) return;
  const { outcome: status, refunded, released } = event;
  await tx.put(disputes, ended.id, { ...ended, status, refunded, released });
};

const createDisputeStore = ({ tx, tables }: PaymentsWithin): Ports['disputes'] =>
  partly<Ports['disputes']>('disputes', {
    findShipment: async (shipmentId) => {
      await tx.statement(`looks for ${shipmentId}`);
      const row = tx
        .rows(tables.payments)
        .find(({ terms }) => terms?.shipments.some((each) => each.shipmentId === shipmentId));
      if (!row?.terms) return null;
      const { orderId, buyerId } = row.terms;
      return { orderId, shipmentId, buyerId: tx.read(tables.claims, orderId) ?? buyerId };
    },
    findByKey: async (buyerId, key) => {
      await tx.lock(`dispute ${key} of ${buyerId}`);
      return (
        tx.rows(tables.disputes).find((each) => each.buyerId === buyerId && each.idempotencyKey === key) ??
        null
      );
    },
    find: async (id) => {
      await tx.statement(`looks for dispute ${id}`);
      return tx.read(tables.disputes, id) ?? null;
    },
    keepSaid: async (id, { idempotencyKey, inputHash }) => {
      const dispute = tx.read(tables.disputes, id);
      if (dispute) await tx.put(tables.disputes, id, { ...dispute, idempotencyKey, inputHash });
    },
  });

const createRequestStore = ({ tx, tables }: PaymentsWithin): Ports['walletRequests'] => {
  const byKey = (userId: string, key: string) =>
    tx.rows(tables.requests).find((each) => each.userId === userId && each.idempotencyKey === key) ?? null;
  return partly<Ports['walletRequests']>('wallet requests', {
    findByKey: async (userId, key) => {
      await tx.statement('looks for a wallet request');
      return byKey(userId, key);
    },
    open: async (request) => {
      await tx.statement('opens a wallet request');
      await tx.lock(`request ${request.idempotencyKey} of ${request.userId}`);
      const first = byKey(request.userId, request.idempotencyKey);
      const opened = first ?? { ...request, nextAction: null };
      if (!first) await tx.put(tables.requests, request.id, opened);
      return { request: opened, isNew: !first };
    },
    finish: async (id, status) => {
      await tx.statement(`ends ${id}`);
      await tx.lock(`wallet requests ${id}`);
      const request = tx.read(tables.requests, id);
      if (request?.status !== 'PENDING') return null;
      await tx.put(tables.requests, id, { ...request, status });
      return { ...request, status };
    },
    find: async (id) => {
      await tx.statement(`looks for ${id}`);
      return tx.read(tables.requests, id) ?? null;
    },
  });
};
