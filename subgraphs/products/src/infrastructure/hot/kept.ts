import { LRUCache } from 'lru-cache';

/** Reads many at once; leaves out what does not exist. */
export type ReadMany<Value> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

export type Kept<Value> = {
  readonly get: ReadMany<Value>;
  forget(keys: readonly string[]): void;
  forgetAll(): void;
};

type Options<Value> = {
  /** Together, in the unit of `sizeOf`; what was not asked for longest goes first. */
  readonly mostSize: number;
  readonly sizeOf: (value: Value) => number;
  readonly maxAgeMs: number;
  /** Kept and answered only while this is so. */
  readonly isTold: () => boolean;
};

/**
 * Keeps what was read in this process, until it is forgotten. A value that is forgotten while it is being read is answered and
 * not kept: it may have been read before the change.
 */
export const createKept = <Value extends object>(
  read: ReadMany<Value>,
  { mostSize, sizeOf, maxAgeMs, isTold }: Options<Value>,
): Kept<Value> => {
  const kept = new LRUCache<string, Value>({
    maxSize: mostSize,
    sizeCalculation: sizeOf,
    ttl: maxAgeMs,
  });
  /** For each read under way what it must not keep. */
  const underWay = new Set<{ all: boolean; readonly keys: Set<string> }>();

  const readAndKeep = async (missing: readonly string[]): Promise<ReadonlyMap<string, Value>> => {
    const forgotten = { all: !isTold(), keys: new Set<string>() };
    underWay.add(forgotten);
    try {
      const values = await read(missing);
      if (forgotten.all || !isTold()) return values;
      for (const [key, value] of values) if (!forgotten.keys.has(key)) kept.set(key, value);
      return values;
    } finally {
      underWay.delete(forgotten);
    }
  };

  return {
    get: async (keys) => {
      if (!isTold()) return read(keys);
      const found = new Map<string, Value>();
      const missing: string[] = [];
      for (const key of keys) {
        const value = kept.get(key);
        if (value) found.set(key, value);
        else missing.push(key);
      }
      if (missing.length > 0) for (const [key, value] of await readAndKeep(missing)) found.set(key, value);
      return found;
    },
    forget: (keys) => {
      for (const key of keys) {
        kept.delete(key);
        for (const { keys: theirs } of underWay) theirs.add(key);
      }
    },
    forgetAll: () => {
      kept.clear();
      for (const read of underWay) read.all = true;
    },
  };
};
