/** Who is to be woken for a key, such as an order or a seller. */
export type Listeners<Key> = {
  /** Returns the way to stop. */
  on(key: Key, wake: () => void): () => void;
  has(key: Key): boolean;
  isEmpty(): boolean;
  wake(key: Key): void;
  wakeAll(): void;
};

export const createListeners = <Key>(): Listeners<Key> => {
  const listeners = new Map<Key, Set<() => void>>();
  const wake = (key: Key) => {
    for (const listener of listeners.get(key) ?? []) listener();
  };
  return {
    on: (key, listener) => {
      const each = listeners.get(key) ?? new Set();
      // A wrapper of its own, so that the same function may listen twice.
      const mine = () => listener();
      listeners.set(key, each.add(mine));
      return () => {
        each.delete(mine);
        if (each.size === 0 && listeners.get(key) === each) listeners.delete(key);
      };
    },
    has: (key) => listeners.has(key),
    isEmpty: () => listeners.size === 0,
    wake,
    wakeAll: () => {
      for (const key of [...listeners.keys()]) wake(key);
    },
  };
};
