import { decodeEvent, stockChanged } from '@emporium/contracts';
import type { Heard, Messaging } from '@emporium/messaging';
import type { OnStockChanged } from '../application/ports.ts';

type Listeners = Set<() => void>;

/**
 * Rings a variant's listeners when the broker tells of its stock, and all of them every `rereadMs`, because such news
 * may get lost. One subscription and one timer, however many listen.
 */
export const createStockAlarms = (
  subscribe: Messaging['subscribe'],
  rereadMs: number,
): { readonly onStockChanged: OnStockChanged; stop(): void } => {
  const byVariant = new Map<string, Listeners>();
  const ring = (listeners: Listeners | undefined) => {
    for (const listener of listeners ?? []) listener();
  };
  const unsubscribe = subscribe(stockChanged, ({ envelope }: Heard) => {
    ring(byVariant.get(decodeEvent(stockChanged, envelope).payload.variantId));
  });
  const timer = setInterval(() => {
    for (const listeners of byVariant.values()) ring(listeners);
  }, rereadMs);
  return {
    onStockChanged: (variantId, listener) => {
      const listeners = byVariant.get(variantId) ?? new Set();
      byVariant.set(variantId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && byVariant.get(variantId) === listeners) byVariant.delete(variantId);
      };
    },
    stop: () => {
      clearInterval(timer);
      unsubscribe();
    },
  };
};
