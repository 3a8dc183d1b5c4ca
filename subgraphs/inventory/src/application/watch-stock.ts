import { type Actor, maySee } from '../domain/actor.ts';
import type { VariantId } from '../domain/ids.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import type { OnStockChanged, ReadStock } from './ports.ts';

type World = { readonly read: ReadStock; readonly onStockChanged: OnStockChanged };

/**
 * Yields the variant's id with its present stock and then after each change; changes that come faster than they are
 * taken become one. Null when the actor may not see the variant; ends when it no longer may.
 */
export const watchStock =
  ({ read, onStockChanged }: World) =>
  async (variantId: VariantId, actor: Actor): Promise<AsyncIterableIterator<VariantId> | null> => {
    const look: Look = async () => {
      const level = (await read([variantId])).get(variantId);
      return level && maySee(actor, level) ? `${level.available} ${level.backorderable}` : null;
    };
    // Listens before it looks, so that nothing happens between the two.
    const alarm = createAlarm((listener) => onStockChanged(variantId, listener));
    try {
      if ((await look()) !== null) return feed(variantId, look, alarm);
    } catch (error) {
      alarm.stop();
      throw error;
    }
    alarm.stop();
    return null;
  };

/** What a watcher would see: equal when it is the same, null when there is nothing to see any more. */
type Look = () => Promise<string | null>;

/** Hand-written: a generator's `return` would wait behind a pending `next`, and the listener would leak. */
const feed = (variantId: VariantId, look: Look, alarm: Alarm): AsyncIterableIterator<VariantId> => {
  const end = { done: true, value: undefined } as const;
  let last: string | null | undefined;
  const stop = async () => {
    alarm.stop();
    return end;
  };
  const iterator: AsyncIterableIterator<VariantId> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => {
      while (await alarm.rings()) {
        // A database that does not answer ends no feed: the next ring looks again.
        const now = await look().catch(() => last);
        if (now === last || alarm.isStopped()) continue;
        if (now === null) return stop();
        last = now;
        return { done: false, value: variantId };
      }
      return end;
    },
    return: stop,
  };
  return iterator;
};
