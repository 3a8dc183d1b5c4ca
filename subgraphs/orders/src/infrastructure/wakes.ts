import type { Heard } from '@emporium/messaging';
import { createListeners } from '@emporium/subgraph';
import type { OrderId } from '../application/ports.ts';
import { orderIn } from './order-news.ts';

/** Says when an order may have changed, to whoever follows it in this process. */
export type Wakes = {
  on(id: OrderId, wake: () => void): () => void;
  /** An order moved in a transaction of this process, which has committed. */
  moved(ids: Iterable<OrderId>): void;
  /** A message was heard: another process may have moved its order, or is about to. */
  heard(message: Heard): void;
  /** Wakes everybody: what nothing told of is found at the latest now. */
  all(): void;
  stop(): void;
};

/** When a message of others is heard, the replica that handles it may not have committed: look now, and again. */
const again = [300, 1500];

/**
 * Wake-ups by order. Our own messages are published after the commit; that a payment was released moves an order without
 * one, so payments' messages wake too, with a second and a third look.
 */
export const createWakes = (): Wakes => {
  const listeners = createListeners<OrderId>();
  const timers = new Set<NodeJS.Timeout>();
  const later = (id: OrderId, milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      listeners.wake(id);
    }, milliseconds);
    timers.add(timer.unref());
  };

  return {
    on: listeners.on,
    moved: (ids) => {
      for (const id of ids) listeners.wake(id);
    },
    heard: (message) => {
      const id = orderIn(message);
      if (id === null || !listeners.has(id)) return;
      listeners.wake(id);
      if (!message.subject.startsWith('emporium.orders.'))
        for (const milliseconds of again) later(id, milliseconds);
    },
    all: listeners.wakeAll,
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
