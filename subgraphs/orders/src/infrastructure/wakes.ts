import type { Heard } from '@emporium/messaging';
import { z } from 'zod';
import type { OrderId } from '../application/ports.ts';

const aboutAnOrder = z.object({ payload: z.object({ orderId: z.string() }) });

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
  const listeners = new Map<OrderId, Set<() => void>>();
  const timers = new Set<NodeJS.Timeout>();
  const wake = (id: OrderId) => {
    for (const listener of listeners.get(id) ?? []) listener();
  };
  const later = (id: OrderId, milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake(id);
    }, milliseconds);
    timers.add(timer.unref());
  };

  return {
    on: (id, listener) => {
      const each = listeners.get(id) ?? new Set();
      // A wrapper of its own, so that the same function may listen twice.
      const mine = () => listener();
      listeners.set(id, each.add(mine));
      return () => {
        each.delete(mine);
        if (each.size === 0 && listeners.get(id) === each) listeners.delete(id);
      };
    },
    moved: (ids) => {
      for (const id of ids) wake(id);
    },
    heard: ({ subject, envelope }) => {
      const read = aboutAnOrder.safeParse(envelope);
      if (!read.success) return;
      const id = read.data.payload.orderId as OrderId;
      if (!listeners.has(id)) return;
      wake(id);
      if (!subject.startsWith('emporium.orders.'))
        for (const milliseconds of again) later(id, milliseconds);
    },
    all: () => {
      for (const id of [...listeners.keys()]) wake(id);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
