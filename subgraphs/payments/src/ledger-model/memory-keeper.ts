/** The model: what the ports promise, in the plainest way, with nothing of the database in it. */
import { asId, asInstant, zero } from '@emporium/domain';
import { lackingBy } from '../application/lacking.ts';
import type {
  ClaimWriteOff,
  Dispute,
  NewExchangeRate,
  OrderId,
  Ports,
  ProviderCall,
  WalletRequest,
} from '../application/ports.ts';
import { type Account, claimsAccount, walletAccount } from '../domain/account.ts';
import { crossRate, type Rate } from '../domain/conversion.ts';
import { walletsPaid } from '../domain/escrow.ts';
import { evolve } from '../domain/evolve-payment.ts';
import { type Journal, signed } from '../domain/journal.ts';
import { initial, type Payment, type PaymentEvent, type Terms } from '../domain/payment.ts';
import { sandboxAlone } from '../domain/provider-routing.ts';
import { openedForTests } from '../test-card-token.ts';
import { modelCommission, modelDecimals } from './model-size.ts';
import type { Crash } from './operations.ts';
import type { Keeper } from './world.ts';

export type Memory = {
  readonly payments: Map<string, { payment: Payment; events: readonly PaymentEvent[] }>;
  readonly journals: Map<string, Journal>;
  /** On the account's own side. */
  readonly balances: Map<string, bigint>;
  readonly requests: Map<string, WalletRequest>;
  readonly calls: Map<string, ProviderCall>;
  readonly disputes: Map<string, KeptDispute>;
  /** The newest rate of each currency, and in which one each seller wants to be paid. */
  readonly rates: Map<string, NewExchangeRate>;
  readonly choices: Map<string, string | null>;
  readonly writeOffs: Map<string, ClaimWriteOff>;
};

type KeptDispute = Dispute & { readonly idempotencyKey: string | null };

class Crashed extends Error {}

const copyOf = (memory: Memory): Memory => ({
  payments: new Map(memory.payments),
  journals: new Map(memory.journals),
  balances: new Map(memory.balances),
  requests: new Map(memory.requests),
  calls: new Map(memory.calls),
  disputes: new Map(memory.disputes),
  rates: new Map(memory.rates),
  choices: new Map(memory.choices),
  writeOffs: new Map(memory.writeOffs),
});

export const createMemoryKeeper = (): { keeper: Keeper; memory: () => Memory } => {
  let memory: Memory = copyOf({
    payments: new Map(),
    journals: new Map(),
    balances: new Map(),
    requests: new Map(),
    calls: new Map(),
    disputes: new Map(),
    rates: new Map(),
    choices: new Map(),
    writeOffs: new Map(),
  });
  let [ids, statements] = [0, 0];
  let armed: Crash | null = null;
  let ready: ProviderCall[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const newId = <Kind extends string>() => {
    ids += 1;
    return asId<Kind>(`id-${ids}`);
  };
  const pass = (): void => {
    statements += 1;
    if (armed?.at === statements && armed.how !== 'DEAF') throw new Crashed();
  };
  const transactAlone: Keeper['transact'] = async (work) => {
    const draft = copyOf(memory);
    const prepared: ProviderCall[] = [];
    const result = await work(portsOf(draft, prepared, newId, pass));
    pass();
    memory = draft;
    if (armed && armed.at <= statements && armed.how === 'DEAF') throw new Crashed();
    ready.push(...prepared);
    return result;
  };
  const keeper: Keeper = {
    /** One after the other. */
    transact: (work) => {
      const result = last.then(() => transactAlone(work));
      last = result.catch(() => undefined);
      return result;
    },
    takeReady: () => {
      const taken = ready;
      ready = [];
      return taken;
    },
    crashing: async (crash, work) => {
      [armed, statements] = [crash, 0];
      try {
        await work();
        return 'DONE';
      } catch (error) {
        if (error instanceof Crashed) return 'CRASHED';
        throw error;
      } finally {
        armed = null;
      }
    },
    timePasses: async () => undefined,
    keepBooks: async () => undefined,
    nextDay: () => '2026-01-01',
  };
  return { keeper, memory: () => memory };
};

const portsOf = (memory: Memory, ready: ProviderCall[], newId: Ports['newId'], pass: () => void): Ports => {
  const { payments, journals, balances, requests, calls, disputes, rates, choices, writeOffs } = memory;
  const loaded = (orderId: string) => payments.get(orderId) ?? { payment: initial, events: [] };
  const addCall = (
    call: Pick<ProviderCall, 'id' | 'kind' | 'subject' | 'token' | 'provider'>,
    attempts: number,
    sent = false,
  ) => {
    pass();
    const added = { ...call, eventId: null, attempts, sent, ready: null };
    calls.set(call.id, added);
    return added;
  };
  return {
    newId,
    routing: sandboxAlone,
    claimedOrders: { claim: async () => pass(), close: async () => pass() },
    reconciliationCases: {
      lock: async () => null,
      close: () => Promise.reject(new Error('no story has cases')),
    },
    claimWriteOffs: {
      findByKey: async (by, key) => {
        pass();
        const kept = [...writeOffs.values()];
        return kept.find((each) => each.by === by && each.idempotencyKey === key) ?? null;
      },
      add: async (writeOff) => {
        pass();
        const kept = { ...writeOff, at: asInstant('2026-01-01T00:00:00.000Z') };
        writeOffs.set(writeOff.id, kept);
        return kept;
      },
    },
    payments: {
      load: async (orderId) => {
        pass();
        return loaded(orderId).payment;
      },
      save: async (orderId, terms, events) => {
        pass();
        for (const event of events) noteDispute(disputes, orderId, terms, event);
        const { payment, events: earlier } = loaded(orderId);
        payments.set(orderId, { payment: events.reduce(evolve, payment), events: [...earlier, ...events] });
      },
      paidOut: async (orderId) => {
        pass();
        return walletsPaid(loaded(orderId).payment);
      },
      settlesIn: async (shipmentId) => {
        pass();
        for (const { payment } of payments.values()) {
          const terms = 'terms' in payment ? payment.terms : null;
          const shipment = terms?.shipments.find((each) => each.shipmentId === shipmentId);
          if (shipment) return shipment.settlement?.to ?? shipment.amount.currency;
        }
        return null;
      },
      findRefund: async (refundId) => {
        pass();
        for (const { events } of payments.values()) {
          for (const event of events) {
            const isRefund = event.type === 'RefundRecorded' || event.type === 'Reclaimed';
            if (isRefund && event.refundId === refundId)
              return { captureId: 'capture', amount: event.amount };
          }
        }
        return null;
      },
    },
    ledger: {
      post: async (journal) => {
        pass();
        if (journals.has(journal.idempotencyKey))
          throw new Error(`${journal.idempotencyKey} is posted twice`);
        journals.set(journal.idempotencyKey, journal);
        for (const entry of journal.entries) {
          const { id, kind } = entry.account;
          const change = kind === 'ASSET' || kind === 'EXPENSE' ? signed(entry) : -signed(entry);
          balances.set(id, (balances.get(id) ?? 0n) + change);
        }
        return 'POSTED';
      },
      turnsOfWallets: async () => pass(),
      lockWallet: async (userId, currency) => {
        pass();
        const balanceOf = ({ id }: Account) => balances.get(id) ?? 0n;
        return {
          balance: balanceOf(walletAccount(userId, currency)),
          owed: balanceOf(claimsAccount(userId, currency)),
        };
      },
      lacking: lackingBy(async (accountId) => {
        pass();
        return balances.get(accountId) ?? 0n;
      }),
    },
    walletRequests: {
      find: async (id) => requests.get(id) ?? null,
      findByKey: async (userId, key) => {
        pass();
        return byKey(requests, userId, key);
      },
      open: async (request) => {
        pass();
        const first = byKey(requests, request.userId, request.idempotencyKey);
        const opened = first ?? { ...request, nextAction: null };
        requests.set(opened.id, opened);
        return { request: opened, isNew: !first };
      },
      requireAction: async (id, nextAction) => {
        pass();
        const request = requests.get(id);
        if (request?.status === 'PENDING') requests.set(id, { ...request, nextAction });
      },
      isTooLate: async () => false,
      finish: async (id, status) => {
        pass();
        const request = requests.get(id);
        if (request?.status !== 'PENDING') return null;
        const ended = { ...request, status, nextAction: null };
        requests.set(id, ended);
        return ended;
      },
    },
    calls: {
      add: async (call) => void addCall(call, 0),
      addTaken: async (call) => addCall(call, 1),
      addReady: async (call, request) => void ready.push({ ...addCall(call, 1, true), ready: request }),
      claim: async () => {
        pass();
        return [...calls.values()].map((call) => ({ ...call, attempts: call.attempts + 1 }));
      },
      markSent: async (id) => {
        pass();
        const call = calls.get(id);
        if (call) calls.set(id, { ...call, sent: true });
      },
      isQuiet: async () => true,
      handOver: async () => null,
      hurry: async () => false,
      retryIn: async () => pass(),
      remove: async (id) => {
        pass();
        calls.delete(id);
      },
    },
    payoutAccounts: { set: async () => undefined, find: async () => null },
    providerNews: {
      keep: async () => undefined,
      outcomeOf: async () => null,
      end: async () => undefined,
      find: async () => null,
    },
    disputes: {
      findShipment: async (shipmentId) => {
        pass();
        for (const [orderId, { payment }] of payments) {
          const terms = 'terms' in payment ? payment.terms : null;
          if (terms?.shipments.some((each) => each.shipmentId === shipmentId))
            return { orderId: asId(orderId), shipmentId, buyerId: terms.buyerId };
        }
        return null;
      },
      findByKey: async (buyerId, key) =>
        [...disputes.values()].find((each) => each.buyerId === buyerId && each.idempotencyKey === key) ??
        null,
      find: async (id) => {
        pass();
        return disputes.get(id) ?? null;
      },
      keepSaid: async (id, { idempotencyKey, inputHash }) => {
        pass();
        const dispute = disputes.get(id);
        if (dispute) disputes.set(id, { ...dispute, idempotencyKey, inputHash });
      },
    },
    commission: {
      agreedFor: async (sellerIds, currency) => {
        pass();
        return new Map(sellerIds.map((id) => [id, agreedOn(rates, currency, choices.get(id) ?? null)]));
      },
      add: async () => undefined,
    },
    exchangeRates: {
      present: async (from, to) => {
        pass();
        return rateBetween(rates, from, to);
      },
      ofDay: async () => [],
      isKnown: async () => true,
      add: async (added) => {
        pass();
        for (const rate of added) rates.set(rate.currency, rate);
      },
    },
    settlement: {
      choose: async (sellerId, currency) => {
        pass();
        choices.set(sellerId, currency);
      },
    },
    verifiedUsers: { add: async () => undefined, isVerified: async () => true },
    deletedUsers: { forget: async () => undefined },
    paymentMethods: noMethods,
  };
};

const agreedOn = (rates: Memory['rates'], currency: string, own: string | null) => {
  const settlement = own === null ? null : rateBetween(rates, currency, own);
  return { commissionRate: modelCommission, ...(settlement && { settlement }) };
};

const rateBetween = (rates: Memory['rates'], from: string, to: string): Rate | null => {
  const [taken, given] = [from, to].map((currency) => {
    const rate = rates.get(currency);
    const decimals = modelDecimals[currency];
    return rate && decimals !== undefined
      ? { currency, millionths: rate.millionths, decimals, date: rate.onDate }
      : null;
  });
  return taken && given ? crossRate(taken, given) : null;
};

/** Nobody in a story keeps a card. */
const noMethods: Ports['paymentMethods'] = {
  findCard: async ({ sealed, token: given }) => {
    const token = sealed ? openedForTests(sealed.token, sealed.orderId) : given;
    return token ? { type: 'CARD', token } : { type: 'NO_CARD' };
  },
  load: async () => ({ methods: [], at: asInstant('2026-01-01T00:00:00.000Z'), isGone: false }),
  findByKey: async () => null,
  find: async () => null,
  add: async () => undefined,
  activate: async () => undefined,
  refuse: async () => undefined,
  setDefault: async () => undefined,
  remove: async () => null,
  eraseAllOf: async () => [],
};

const noteDispute = (
  disputes: Memory['disputes'],
  orderId: OrderId,
  terms: Terms | null,
  event: PaymentEvent,
): void => {
  if (event.type === 'DisputeOpened' && terms) {
    const { disputeId: id, shipmentId } = event;
    const nothing = zero(terms.total.currency);
    disputes.set(id, {
      ...{ id, orderId, shipmentId, buyerId: terms.buyerId, status: 'OPEN' },
      ...{ refunded: nothing, released: nothing, inputHash: null, idempotencyKey: null },
    });
  }
  const ended = event.type === 'DisputeEnded' ? disputes.get(event.disputeId) : undefined;
  if (event.type !== 'DisputeEnded' || !ended) return;
  const { outcome, refunded, released } = event;
  disputes.set(ended.id, { ...ended, status: outcome, refunded, released });
};

const byKey = (requests: Memory['requests'], userId: string, key: string): WalletRequest | null =>
  [...requests.values()].find((each) => each.userId === userId && each.idempotencyKey === key) ?? null;
