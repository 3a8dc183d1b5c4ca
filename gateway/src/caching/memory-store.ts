import type { CacheStore } from './cache-store.ts';

const mostCharacters = 16 * 1024 * 1024;

/** For a gateway without Redis: a few megabytes of its own, the least recently written going first. */
export const createMemoryStore = (limit = mostCharacters, now: () => number = Date.now): CacheStore => {
  const kept = new Map<string, { readonly value: string; readonly until: number }>();
  let characters = 0;
  const forget = (key: string): void => {
    const entry = kept.get(key);
    if (entry && kept.delete(key)) characters -= key.length + entry.value.length;
  };
  const read = (key: string): string | null => {
    const entry = kept.get(key);
    return entry && entry.until > now() ? entry.value : null;
  };
  const write = (key: string, value: string, seconds: number): void => {
    forget(key);
    kept.set(key, { value, until: now() + seconds * 1000 });
    characters += key.length + value.length;
    for (const oldest of kept.keys()) {
      if (characters <= limit) break;
      forget(oldest);
    }
  };
  return {
    isReady: () => true,
    read: async (keys) => keys.map(read),
    write: async (entries, seconds) => {
      for (const [key, value] of Object.entries(entries)) write(key, value, seconds);
    },
    writeNew: async (entries, seconds) => {
      const fresh = Object.entries(entries).filter(([key]) => read(key) === null);
      for (const [key, value] of fresh) write(key, value, seconds);
      return fresh.length === Object.keys(entries).length;
    },
  };
};
