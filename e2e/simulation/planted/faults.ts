/** Faults to plant, each a change of what passes through a seam: whoever checks the world must find every one. */

import { orderCancelled } from '@emporium/contracts';
import { ack } from '@emporium/messaging';
import type { Broker } from '@emporium/messaging/parts';
import type { Payment } from '../../../subgraphs/payments/src/domain/payment.ts';
import { currency, foreignCurrency } from '../shop/ids.ts';
import { type Seams, soundSeams } from './seams.ts';

export type PlantedFault = { readonly name: string; readonly says: string; readonly seams: () => Seams };

const plant = (name: string, says: string, change: () => Partial<Seams>): PlantedFault => ({
  ...{ name, says },
  seams: () => ({ ...soundSeams, ...change() }),
});

const messagingFaults = [
  plant('inbox-row-not-written', 'what was handled is not kept', () => ({
    inbox: (inbox) => ({ ...inbox, claim: async (_consumer, eventIds) => new Set(eventIds) }),
  })),
  plant('ack-before-commit', 'a message is acknowledged when it is taken in hand', () => ({
    delivery: (delivery) => {
      delivery.ack();
      return { ...delivery, ack: () => undefined, retryIn: () => undefined };
    },
  })),
  plant(
    'outbox-outside-transaction',
    'messages are appended after the transaction that they tell of',
    () => ({
      appendsInTransaction: false,
    }),
  ),
  plant('relay-skips-after-failure', 'what the broker did not take is marked as taken', () => ({
    publisher: (broker) => ({ ...broker, publish: (message) => broker.publish(message).catch(asIfTaken) }),
  })),
];

const asIfTaken = (): Awaited<ReturnType<Broker['publish']>> => ({ sequence: 0, duplicate: true });

const stockFaults = [
  plant('unconditional-stock-update', 'stock is taken without a lock and without a look', () => ({
    guardsStock: false,
  })),
  plant('release-on-cancel-dropped', 'inventory does nothing when an order is cancelled', () => ({
    inventoryHears: (subscribers) =>
      subscribers.map((each) =>
        each.event === orderCancelled ? { ...each, handle: async () => ack } : each,
      ),
  })),
];

const moneyFaults = [
  plant('capture-without-key', 'each attempt at a card has a key of its own', () => {
    let attempts = 0;
    return {
      provider: (provider) => ({
        ...provider,
        capture: (request) => {
          attempts += 1;
          return provider.capture({ ...request, key: `${request.key}-${attempts}` });
        },
      }),
    };
  }),
  plant('refund-without-bound', 'nobody remembers what went back before', () => ({
    guardsBalances: false,
    payments: (ports) =>
      change(ports, 'payments', (payments) => ({
        load: async (id) => asIfNothingWentBack(await payments.load(id)),
      })),
  })),
  plant('refund-in-another-currency', 'money goes back in another currency than it came in', () => ({
    provider: (provider) => ({
      ...provider,
      refund: (request) =>
        provider.refund({ ...request, amount: { ...request.amount, currency: foreignTo(request.amount) } }),
    }),
  })),
  plant(
    'forgotten-guest-unheard',
    'payments goes on to open to the token of a guest who is forgotten',
    () => ({
      payments: (ports) => change(ports, 'claimedOrders', () => ({ close: async () => undefined })),
    }),
  ),
  plant('late-capture-ignored', 'an order that failed while its card was asked is forgotten', () => ({
    payments: (ports) =>
      change(ports, 'payments', (payments) => ({
        load: async (id) => asIfWanted(await payments.load(id)),
      })),
  })),
];

const foreignTo = (amount: { readonly currency: string }): string =>
  amount.currency === currency ? foreignCurrency : currency;

/** Ports are not spread: what they lack is told when it is asked for. */
const change = <Ports extends object, Port extends keyof Ports>(
  ports: Ports,
  port: Port,
  to: (port: Ports[Port]) => Partial<Ports[Port]>,
): Ports => {
  const before = ports[port];
  const changed = to(before);
  const after = new Proxy(before as object, {
    get: (target, member) =>
      member in changed ? Reflect.get(changed, member) : Reflect.get(target, member),
  });
  return new Proxy(ports, {
    get: (target, member) => (member === port ? after : Reflect.get(target, member)),
  });
};

const asIfNothingWentBack = (payment: Payment): Payment =>
  payment.status === 'captured'
    ? {
        ...payment,
        escrows: payment.escrows.map((escrow) => ({
          ...escrow,
          refunded: 0n,
          state: escrow.state === 'refunded' ? 'held' : escrow.state,
        })),
      }
    : payment;

const asIfWanted = (payment: Payment): Payment =>
  payment.status === 'capturing' ? { ...payment, cancelRequested: false } : payment;

const copyAndClockFaults = [
  plant(
    'deadline-from-wrong-clock',
    'steps are counted from when they were written down, not published',
    () => ({
      countsFromPublication: false,
    }),
  ),
  plant('copy-applies-older-version', 'copies take whatever comes last', () => ({
    comparesVersions: false,
  })),
  plant('feed-skips-on-reconnect', 'who comes back is shown what comes from then on', () => ({
    feed: (feed) => {
      const shown = new Map<string, number>();
      return {
        ...feed,
        look: async (id, onlooker, after) => {
          const isReconnect = after !== null && shown.get(id) !== after;
          const glimpse = await feed.look(id, onlooker, isReconnect ? null : after);
          const last = glimpse?.changes.at(-1)?.sequence ?? after;
          if (last !== null) shown.set(id, last);
          return isReconnect && glimpse
            ? { ...glimpse, changes: glimpse.changes.filter(({ sequence }) => sequence > (after ?? 0)) }
            : glimpse;
        },
      };
    },
  })),
];

export const plantedFaults: readonly PlantedFault[] = [
  ...messagingFaults,
  ...stockFaults,
  ...moneyFaults,
  ...copyAndClockFaults,
];
