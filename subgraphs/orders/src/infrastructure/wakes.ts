import type { Heard } from '@emporium/messaging';
import { createListeners } from '@emporium/subgraph';
import type { OrderId } from '../application/ports.ts';
import { readNews } from './order-news.ts';

/** A message of a transaction, and the order that it is about. */
type Told = { readonly id: string; readonly aggregateId: string };

/** Says when an order may have changed, to whoever follows it in this process. */
export type Wakes = {
  on(id: OrderId, wake: () => void): () => void;
  /** Orders moved in a transaction of this process, which has committed; these messages tell of it. */
  moved(ids: ReadonlySet<OrderId>, messages: readonly Told[]): void;
  /** A message was heard: unless it is of such a transaction, another process may have moved its order, or is about to. */
  heard(message: Heard): void;
  /** Wakes everybody: what nothing told of is found at the latest now. */
  all(): void;
  stop(): void;
};

/** When a message of others is heard, the replica that handles it may not have committed: look now, and again. */
const again = [300, 1500];

/** More messages of ours than these are never on their way; while the broker is away the oldest are heard as others' are. */
const mostOnTheirWay = 10_000;

/**
 * Wake-ups by order. Our own messages are published after the commit; that a payment was released moves an order without
 * one, so payments' messages wake too, with a second and a third look.
 */
export const createWakes = (): Wakes => {
  const listeners = createListeners<OrderId>();
  const timers = new Set<NodeJS.Timeout>();
  /** Whoever follows their orders was woken when they were committed. */
  const onTheirWay = new Set<string>();
  const expect = (ids: ReadonlySet<OrderId>, messages: readonly Told[]) => {
    for (const { id, aggregateId } of messages) {
      const orderId = aggregateId as OrderId;
      if (ids.has(orderId) && listeners.has(orderId)) onTheirWay.add(id);
    }
    for (const id of onTheirWay) {
      if (onTheirWay.size <= mostOnTheirWay) return;
      onTheirWay.delete(id);
    }
  };
  const later = (id: OrderId, milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      listeners.wake(id);
    }, milliseconds);
    timers.add(timer.unref());
  };

  return {
    on: listeners.on,
    moved: (ids, messages) => {
      expect(ids, messages);
      for (const id of ids) listeners.wake(id);
    },
    heard: (message) => {
      const news = readNews(message);
      if (news === null || onTheirWay.delete(news.id) || !listeners.has(news.orderId)) return;
      listeners.wake(news.orderId);
      if (!message.subject.startsWith('emporium.orders.'))
        for (const milliseconds of again) later(news.orderId, milliseconds);
    },
    all: listeners.wakeAll,
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
