import { LRUCache } from 'lru-cache';
import type { ReadMany } from './kept.ts';

/**
 * Reads a key in one way when it is asked for the first time, and in another from then on. Of the last so many keys it is known that
 * they were asked for.
 */
export const askedAgain = <Value>(
  first: ReadMany<Value>,
  again: ReadMany<Value>,
  mostKnown: number,
): ReadMany<Value> => {
  const asked = new LRUCache<string, true>({ max: mostKnown });
  return async (keys) => {
    const known = keys.filter((key) => asked.get(key));
    if (known.length === keys.length) return again(keys);
    const fresh = keys.filter((key) => !asked.has(key));
    for (const key of fresh) asked.set(key, true);
    if (known.length === 0) return first(fresh);
    const [ofFresh, ofKnown] = await Promise.all([first(fresh), again(known)]);
    return new Map([...ofFresh, ...ofKnown]);
  };
};
