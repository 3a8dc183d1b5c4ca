import { BoundedMap } from '../bounded-map.ts';

/** Where several gateways add up what each has counted. Rejects when it does not answer. */
export type CountStore = {
  add(key: string, points: number): Promise<{ readonly total: number; readonly msLeft: number }>;
};

export type SharedCount = {
  /** Takes one of a key's points; or says for how many milliseconds it has none left, and counts nothing. */
  take(key: string): number | null;
  stop(): void;
};

type Window = {
  /** What all have counted, as far as is known here. */
  shared: number;
  /** What was counted here and is not in `shared` yet. */
  own: number;
  endsAt: number;
};

type Options = {
  readonly points: number;
  readonly windowMs: number;
  /** Without one, this process counts for itself. */
  readonly store: CountStore | null;
};

const tellEveryMs = 500;
const rememberedKeys = 50_000;

/**
 * Counts what keys do, per window of time, for all gateways together. It decides at once, by what it knows: the store is told in
 * the background what was counted since, and answers with the total. So a key may take, at each gateway, what is left for it,
 * until they know of each other half a second later; and goes on by this process's own count while the store is away.
 */
export const createSharedCount = ({ points, windowMs, store }: Options): SharedCount => {
  const windows = new BoundedMap<string, Window>(rememberedKeys);
  const untold = new Map<string, Window>();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const tellOne = async (from: CountStore, key: string, window: Window): Promise<void> => {
    const told = window.own;
    try {
      const { total, msLeft } = await from.add(key, told);
      window.own -= told;
      window.shared = total;
      window.endsAt = Date.now() + msLeft;
    } catch {
      // It stays in `own`, and is told with the next.
    }
  };
  const tell = async (from: CountStore): Promise<void> => {
    const now = [...untold];
    untold.clear();
    await Promise.all(now.map(([key, window]) => tellOne(from, key, window)));
    timer = null;
    if (untold.size > 0) tellSoon();
  };
  const tellSoon = (): void => {
    if (store && !stopped) timer ??= setTimeout(() => tell(store), tellEveryMs).unref();
  };

  return {
    take: (key) => {
      const now = Date.now();
      let window = windows.get(key);
      if (!window || window.endsAt <= now) {
        window = { shared: 0, own: 0, endsAt: now + windowMs };
        windows.set(key, window);
      }
      if (window.shared + window.own >= points) return window.endsAt - now;
      window.own += 1;
      if (store) untold.set(key, window);
      tellSoon();
      return null;
    },
    stop: () => {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
};
