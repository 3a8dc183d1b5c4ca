import DataLoader from 'dataloader';

/**
 * Makes one call of those that come at the same moment: for ports of handlers that share a transaction, so that as many
 * orders as there are cost as many statements as one. Answers are in the order of the keys; a throw is everybody's.
 */
export const gather = <Key, Answer>(
  all: (keys: readonly Key[]) => Promise<readonly Answer[]>,
): ((key: Key) => Promise<Answer>) => {
  const loader = new DataLoader<Key, Answer>(all, { cache: false });
  return (key) => loader.load(key);
};

/** Likewise, where nothing is answered. */
export const gatherAll = <Key>(
  all: (keys: readonly Key[]) => Promise<unknown>,
): ((key: Key) => Promise<void>) => {
  const one = gather<Key, true>(async (keys) => {
    await all(keys);
    return keys.map(() => true);
  });
  return async (key) => void (await one(key));
};
