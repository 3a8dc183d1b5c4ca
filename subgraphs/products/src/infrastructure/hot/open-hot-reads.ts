import { cacheInvalidated, decodeEvent } from '@emporium/contracts';
import type { Messaging } from '@emporium/messaging';
import type { StoredReads } from '../catalogue-reads.ts';
import { readOutdated } from '../outdate.ts';
import { createHotReads, type HotReads } from './hot-reads.ts';

type Options = Omit<Parameters<typeof createHotReads>[1], 'isTold'>;

/** Hot reads that hear by messages of what others changed, from `follow` on; before that nothing is kept in this process. */
export const openHotReads = (
  stored: StoredReads,
  options: Options,
): HotReads & { follow(messaging: Messaging): void } => {
  let followed: Messaging | null = null;
  const hot = createHotReads(stored, { ...options, isTold: () => followed?.isHealthy() ?? false });
  return {
    ...hot,
    follow: (messaging) => {
      followed = messaging;
      messaging.onConnect(() => void hot.forgetAll());
      messaging.subscribe(cacheInvalidated, ({ envelope }) => {
        void hot.forget(readOutdated(decodeEvent(cacheInvalidated, envelope).payload));
      });
    },
  };
};
