/** One result of a shared upstream, and where in its stream it stands. */
export type Delivery<Result> = { readonly result: Promise<Result>; readonly position: unknown };

export type Listener<Result> = {
  deliver(delivery: Delivery<Result>): void;
  /** Nothing more is delivered. */
  end(): void;
};

/** Joins what others may listen to, too; or, after a position, goes on alone. Returns what leaves again. */
export type Join<Result> = (listener: Listener<Result>, after?: unknown) => () => void;

type Options<Result> = {
  readonly join: Join<Result>;
  readonly maxWaiting: number;
  /** Whether the stream can be taken up again after a position. */
  readonly resumes: boolean;
  /** Told when results had to be given up. */
  readonly onBehind?: (outcome: 'resumes' | 'dropped') => void;
  readonly onEnd?: () => void;
};

/**
 * What one client reads of an upstream, at its own pace. A client that reads too slowly costs at most `maxWaiting` results:
 * when that many wait, it stops listening. Where the stream resumes, it goes on after the last of them when all are read, and
 * misses nothing; elsewhere it is ended, since what it would miss cannot be had again.
 *
 * Written by hand: the `return` of an async generator would wait behind its pending `next`.
 */
export const openSubscriber = <Result>({
  join,
  maxWaiting,
  resumes,
  onBehind,
  onEnd,
}: Options<Result>): AsyncIterableIterator<Result> => {
  const waiting: Delivery<Result>[] = [];
  let reader: ((delivery: Delivery<Result> | null) => void) | null = null;
  let leave: (() => void) | null = null;
  let position: unknown;
  let state: 'following' | 'behind' | 'ended' = 'following';

  const stop = (): void => {
    leave?.();
    leave = null;
  };
  const end = (): void => {
    if (state === 'ended') return;
    state = 'ended';
    stop();
    reader?.(null);
    reader = null;
    onEnd?.();
  };
  const fallBehind = (): void => {
    onBehind?.(resumes ? 'resumes' : 'dropped');
    if (resumes) {
      state = 'behind';
      stop();
      return;
    }
    waiting.length = 0;
    end();
  };
  const deliver = (delivery: Delivery<Result>): void => {
    position = delivery.position ?? position;
    if (reader) {
      const read = reader;
      reader = null;
      read(delivery);
      return;
    }
    waiting.push(delivery);
    if (waiting.length >= maxWaiting) fallBehind();
  };
  const follow = (after?: unknown): void => {
    state = 'following';
    let current = true;
    const leaveJoined = join(
      {
        deliver: (delivery) => {
          if (current) deliver(delivery);
        },
        end: () => {
          if (current) end();
        },
      },
      after,
    );
    const leaveOnce = (): void => {
      current = false;
      leaveJoined();
    };
    if (state === 'following') leave = leaveOnce;
    else leaveOnce();
  };
  const arrival = (): Promise<Delivery<Result> | null> =>
    new Promise((resolve) => {
      reader = resolve;
    });
  const next = async (): Promise<IteratorResult<Result>> => {
    const first = waiting.shift();
    if (state === 'behind' && waiting.length === 0) follow(position);
    const delivery = first ?? (state === 'ended' ? null : await arrival());
    return delivery ? { done: false, value: await delivery.result } : { done: true, value: undefined };
  };
  const close = async (): Promise<IteratorResult<Result>> => {
    waiting.length = 0;
    end();
    return { done: true, value: undefined };
  };

  const subscriber: AsyncIterableIterator<Result> = {
    [Symbol.asyncIterator]: () => subscriber,
    next,
    return: close,
    throw: close,
  };
  follow();
  return subscriber;
};
