/** What a look found: what is new, whether there is more of it already, and whether nothing will ever come after. */
export type Look<Item> = {
  readonly items: readonly Item[];
  readonly hasMore?: boolean;
  readonly isLast?: boolean;
};

/** Where items are read, and what says that it is time to read again. */
export type Followable<Item> = {
  /** Each look goes on where the one before it ended. */
  look(): Promise<Look<Item>>;
  /** Calls `wake` whenever there may be something new, and now and then in any case. Returns the way to stop. */
  onWake(wake: () => void): () => void;
  /** A look went wrong; the next wake-up tries again. */
  failed(error: unknown): void;
};

type Follower<Item> = { next(): Promise<Item | null>; stop(): void };

const createFollower = <Item>(followed: Followable<Item>): Follower<Item> => {
  const ready: Item[] = [];
  let ended = false;
  let awake = true;
  let rouse = (): void => undefined;
  const wake = () => {
    awake = true;
    rouse();
  };
  const stopWaking = followed.onWake(wake);

  const untilAwake = () =>
    new Promise<void>((resolve) => {
      rouse = resolve;
      if (awake) resolve();
    });

  const end = () => {
    ended = true;
    stopWaking();
    wake();
  };

  const look = async (): Promise<void> => {
    awake = false;
    const { items, hasMore = false, isLast = false } = await followed.look();
    if (ended) return;
    ready.push(...items);
    if (hasMore) wake();
    if (isLast) end();
  };

  return {
    stop: () => {
      ready.length = 0;
      end();
    },
    next: async () => {
      while (ready.length === 0 && !ended) {
        await untilAwake();
        if (!ended) await look().catch((error: unknown) => followed.failed(error));
      }
      return ready.shift() ?? null;
    },
  };
};

/**
 * Items as they come, in order. What is followed says what there is; wake-ups only say when to look. Hand-written, because a
 * generator's `return` would wait behind its pending `next`.
 */
export const follow = <Item extends object>(followed: Followable<Item>): AsyncIterableIterator<Item> => {
  const follower = createFollower(followed);
  let previous: Promise<unknown> = Promise.resolve();
  const stop = async (): Promise<IteratorResult<Item>> => {
    follower.stop();
    return { done: true, value: undefined };
  };
  const iterator: AsyncIterableIterator<Item> = {
    [Symbol.asyncIterator]: () => iterator,
    next: () => {
      const item = previous.then(() => follower.next());
      previous = item;
      return item.then((value) => (value ? { done: false, value } : { done: true, value: undefined }));
    },
    return: stop,
    throw: stop,
  };
  return iterator;
};
