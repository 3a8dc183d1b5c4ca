/** A story told to payments: its use cases, over whatever keeps the rows. */
import {
  type EventDefinition,
  linesCancelled,
  orderCancelled,
  orderDelivered,
  orderFailed,
  orderShipped,
  type PayloadOf,
  paymentRequested,
} from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import type { ProviderCall, Transact, WalletRequest, WalletRequestId } from '../application/ports.ts';
import { createSettle } from '../application/provider-work.ts';
import type { Reads } from '../application/reads.ts';
import { createSetExchangeRates } from '../application/set-exchange-rates.ts';
import { createSetSettlementCurrency } from '../application/set-settlement-currency.ts';
import { subscribers } from '../application/subscribers.ts';
import { createTopUpWallet } from '../application/top-up-wallet.ts';
import { createWithdraw } from '../application/withdraw.ts';
import { createWriteOffClaim } from '../application/write-off-claim.ts';
import { recordTogether } from '../infrastructure/record-together.ts';
import { sealedForTests } from '../test-card-token.ts';
import { createDisputes } from './disputes.ts';
import type { Crash, Operation, Order, Story } from './operations.ts';
import { askingToken, createStoryProvider } from './story-provider.ts';

/** What keeps the rows. */
export type Keeper = {
  readonly transact: Transact;
  /** Lets the next work be cut short; whether it was, when that is over. */
  readonly crashing: (crash: Crash | null, work: () => Promise<void>) => Promise<'DONE' | 'CRASHED'>;
  /** The calls that transactions have prepared and left to be asked for at once, since this was asked last. */
  readonly takeReady: () => readonly ProviderCall[];
  /** Everything that the provider must be asked is due, and nothing sent is on its way any more. */
  readonly timePasses: () => Promise<void>;
  readonly keepBooks: () => Promise<void>;
  /** A day of which no rate has been set yet, later than all of which some have. */
  readonly nextDay: () => string;
};

export type World = { readonly perform: (operation: Operation) => Promise<void> };

/** One of several was parked: nothing of them is kept, and each is judged alone. */
class BatchRefused extends Error {}

const noReads: Reads = {
  dispute: async () => null,
  paymentMethods: async () => new Map(),
  commissionRates: async () => [],
  exchangeRates: async () => [],
  settlementCurrencies: async () => new Map(),
  reconciliationRuns: async () => [],
  reconciliationCases: async () => [],
  reconciliationDays: async () => [],
  disputesOf: async () => new Map(),
  disputes: async () => [],
  claims: async () => [],
  payments: async () => new Map(),
  wallets: async () => new Map(),
  walletEntries: async () => [],
};

/** `name` makes ids that no other story has; two worlds of one name tell of the same accounts. */
export const createWorld = (name: string, { orders }: Story, keeper: Keeper): World => {
  const { transact } = keeper;
  const userId = (user: number) => asId<'User'>(`${name}-user-${user}`);
  const orderId = (order: number) => asId<'Order'>(`${name}-order-${order}`);
  const shipmentId = (order: number, shipment: number) =>
    asId<'Shipment'>(`${name}-shipment-${order}-${shipment}`);
  const story = createStoryProvider((reference) => orders.find((_, order) => orderId(order) === reference));
  const settle = createSettle({
    transact,
    record: recordTogether(transact),
    providers: () => story.provider,
  });
  const hash = (text: string) => text;
  const waitForEnd = (id: WalletRequestId): Promise<WalletRequest | null> =>
    transact(({ walletRequests }) => walletRequests.find(id));
  const topUpWallet = createTopUpWallet({ transact, reads: noReads, hash, settle, waitForEnd });
  const setExchangeRates = createSetExchangeRates(transact, async () =>
    asInstant('2999-01-01T00:00:00.000Z'),
  );
  const setSettlementCurrency = createSetSettlementCurrency(transact);
  const disputes = createDisputes({ transact, hash, orders, userId, shipmentId });
  const writeOffClaim = createWriteOffClaim(transact, noReads);
  const withdraw = createWithdraw({ transact, reads: noReads, hash, withdrawalFor: 'everyone' });

  /** Together, or, when they cannot be, one by one. */
  const hear = async <Event extends EventDefinition>(
    event: Event,
    ...payloads: readonly PayloadOf<Event>[]
  ): Promise<void> => {
    const subscriber = subscribers.find((each) => each.event.subject === event.subject);
    if (!subscriber) throw new Error(`nobody hears ${event.subject}`);
    const occurredAt = asInstant('2026-01-01T00:00:00.000Z');
    const received = payloads.map((payload) => ({
      ...{ id: 'heard', occurredAt, correlationId: 'story' },
      payload,
    }));
    const parked = await transact(async (ports) => {
      const { type } = await subscriber.handle(ports, received);
      if (type === 'park' && received.length > 1) throw new BatchRefused();
    }).catch((error: unknown) => {
      if (!(error instanceof BatchRefused)) throw error;
      return error;
    });
    if (parked) for (const payload of payloads) await hear(event, payload);
  };
  const claim = async (): Promise<readonly ProviderCall[]> => {
    await keeper.timePasses();
    return transact(({ calls }) => calls.claim(100));
  };
  const settleAll = async (): Promise<void> => {
    for (let calls = await claim(); calls.length > 0; calls = await claim()) {
      await settleTogether(calls);
    }
  };
  const settleTogether = async (calls: readonly ProviderCall[]): Promise<void> => {
    const settled = calls.map(settle);
    await Promise.allSettled(settled);
    await Promise.all(settled);
  };
  /** What was cut short is found later: what is paid does not depend on when that was. */
  const pay = async (...numbers: readonly number[]): Promise<void> => {
    keeper.takeReady();
    await request(...numbers);
    await settleTogether(keeper.takeReady());
    return settleAll();
  };
  const requestOf = (order: number, { buyer, method, shipments }: Order) => {
    const money = (minor: number) => ({ minor: BigInt(minor), currency: 'GBP' });
    return {
      orderId: orderId(order),
      buyerId: userId(buyer),
      total: money(shipments.reduce((sum, { minor }) => sum + minor, 0)),
      method,
      ...(method === 'CARD' ? { sealedToken: sealedForTests(orderId(order), 'tok') } : {}),
      shipments: shipments.map(({ seller, minor }, shipment) => ({
        shipmentId: shipmentId(order, shipment),
        sellerId: userId(seller),
        amount: money(minor),
      })),
    };
  };
  const request = (...numbers: readonly number[]): Promise<void> => {
    const requests = numbers.flatMap((number) => {
      const order = orders[number];
      return order ? [requestOf(number, order)] : [];
    });
    return hear(paymentRequested, ...requests);
  };

  const callOff = ({ order, shipment, minor, key }: Extract<Operation, { type: 'CALL_OFF' }>) =>
    hear(linesCancelled, {
      orderId: orderId(order),
      shipmentId: shipmentId(order, shipment),
      sellerId: userId(orders[order]?.shipments[shipment]?.seller ?? 0),
      cancellationId: asId<'Cancellation'>(`${name}-cancellation-${order}-${shipment}-${key}`),
      lines: [{ variantId: asId<'Variant'>('mug'), quantity: 1 }],
      refund: { minor: BigInt(minor), currency: 'GBP' },
    });

  const once = async (operation: Operation): Promise<void> => {
    switch (operation.type) {
      case 'REQUEST':
        return request(operation.order);
      case 'PAY':
        return pay(operation.order);
      case 'PAY_ALL':
        return pay(...orders.keys());
      case 'END':
        return hear(orderCancelled, { orderId: orderId(operation.order) });
      case 'FAIL':
        return hear(orderFailed, { orderId: orderId(operation.order), reason: 'PAYMENT_TIMED_OUT' });
      case 'SHIP':
      case 'DELIVER': {
        const { order, shipment } = operation;
        const payload = { orderId: orderId(order), shipmentId: shipmentId(order, shipment) };
        return hear(operation.type === 'SHIP' ? orderShipped : orderDelivered, payload);
      }
      case 'CALL_OFF':
        return callOff(operation);
      case 'DISPUTE':
      case 'WITHDRAW_DISPUTE':
      case 'DECIDE':
        return disputes(operation);
      case 'SILENCE':
        return story.silent(operation.keeps, async () => {
          const calls = await claim();
          const call = calls.find(({ subject }) => subject === orderId(operation.order));
          if (call?.kind === 'CAPTURE') await settle(call);
        });
      case 'SETTLE':
        return settleAll();
      case 'TOP_UP':
      case 'WITHDRAW': {
        const { type, user, minor, currency, key } = operation;
        const amount = { minor: BigInt(minor), currency };
        const wish = { userId: userId(user), amount, idempotencyKey: `${type}-${key}` };
        await (type === 'TOP_UP'
          ? topUpWallet({ ...wish, token: operation.asks ? askingToken : 'tok' })
          : withdraw(wish));
        // So that what a wallet has does not depend on when the first try was cut short.
        return settleAll();
      }
      case 'WITHDRAW_ALL': {
        const { user, currency } = operation;
        const id = userId(user);
        const { balance } = await transact(({ ledger }) => ledger.lockWallet(id, currency));
        const amount = { minor: balance, currency };
        if (balance > 0n) await withdraw({ userId: id, amount, idempotencyKey: `all-${currency}` });
        return settleAll();
      }
      case 'WRITE_OFF': {
        const { user, minor, currency, key } = operation;
        const amount = { minor: BigInt(minor), currency };
        const wish = { userId: userId(user), amount, reason: 'gone', idempotencyKey: `${name}-${key}` };
        await writeOffClaim(wish, 'admin');
        return;
      }
      case 'RATE': {
        const { currency, millionths } = operation;
        const rates = [{ currency, millionths: BigInt(millionths) }];
        await setExchangeRates({ onDate: keeper.nextDay(), source: null, rates }, 'admin');
        return;
      }
      case 'SETTLE_IN': {
        const seller = { id: userId(operation.user), roles: ['SELLER'] as const };
        await setSettlementCurrency(seller, operation.currency);
        return;
      }
      case 'KEEP_BOOKS':
        return keeper.keepBooks();
    }
  };

  return {
    perform: async (operation) => {
      const first = await keeper.crashing(operation.crash, () => once(operation));
      if (first === 'CRASHED') await once(operation);
    },
  };
};
