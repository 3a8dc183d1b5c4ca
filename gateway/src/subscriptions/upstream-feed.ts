import type { GraphQLFormattedError } from 'graphql';

/** One event as its subgraph sent it. */
export type UpstreamEvent = {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
};

/** What may happen to one upstream subscription. After anything but `event` nothing more happens to it. */
export type UpstreamListener = {
  event(event: UpstreamEvent): void;
  /** The subgraph refused, or failed: an answer, not an outage. */
  refused(errors: readonly GraphQLFormattedError[]): void;
  completed(): void;
  /** The connection was lost, or never made. */
  interrupted(): void;
};

/** Begins an upstream subscription after `position`, or at the present state without one; returns what stops it. */
export type StartUpstream = (position: unknown, listener: UpstreamListener) => () => void;

export type FeedOptions = {
  readonly start: StartUpstream;
  /** Where the feed begins; without it, at what the operation itself says. */
  readonly after?: unknown;
  readonly positionOf: (event: UpstreamEvent) => unknown;
  /** What the client gets when the subgraph stays away. */
  readonly unavailable: () => UpstreamEvent;
  readonly maxWaiting: number;
  readonly onInterruption?: (reason: 'lost' | 'behind') => void;
  readonly timing?: Partial<FeedTiming>;
};

/** In milliseconds. */
export type FeedTiming = {
  /** How long a subscription may take to begin. */
  readonly toBegin: number;
  /** How long a subgraph may stay away from one that had begun. */
  readonly toReturn: number;
  readonly firstRetry: number;
  readonly lastRetry: number;
  /** A stream that held for this long had begun, even if it said nothing. */
  readonly settled: number;
};

const defaultTiming: FeedTiming = {
  toBegin: 5_000,
  toReturn: 60_000,
  firstRetry: 50,
  lastRetry: 2_000,
  settled: 10_000,
};

/**
 * An upstream subscription that outlives its connection. When the connection is lost it begins again, with growing pauses,
 * after the last event it was given; where events have no position, at the present state.
 *
 * A subscriber that reads too slowly costs at most `maxWaiting` events of memory: when that many wait, the feed stops
 * listening, and when all are read it begins again in the same way. So a position loses nothing, and without one a slow
 * reader gets what was waiting and then the present state.
 *
 * Written by hand: the `return` of an async generator would wait behind its pending `next`, and leak the upstream.
 */
export const openFeed = (options: FeedOptions): AsyncIterableIterator<UpstreamEvent> => {
  const timing = { ...defaultTiming, ...options.timing };
  const waiting: UpstreamEvent[] = [];
  let reader: ((result: IteratorResult<UpstreamEvent>) => void) | null = null;
  let stopUpstream: (() => void) | null = null;
  let retry: NodeJS.Timeout | undefined;
  let position = options.after;
  let hasBegun = false;
  let failures = 0;
  let awaySince = 0;
  let listeningSince = 0;
  let state: 'listening' | 'away' | 'behind' | 'ended' = 'away';

  const end = (): void => {
    state = 'ended';
    clearTimeout(retry);
    stopUpstream?.();
    stopUpstream = null;
    if (waiting.length > 0) return;
    reader?.({ done: true, value: undefined });
    reader = null;
  };

  const give = (event: UpstreamEvent): void => {
    if (!reader) {
      waiting.push(event);
      return;
    }
    const read = reader;
    reader = null;
    read({ done: false, value: event });
  };

  const onEvent = (event: UpstreamEvent): void => {
    hasBegun = true;
    failures = 0;
    position = options.positionOf(event) ?? position;
    give(event);
    if (waiting.length < options.maxWaiting) return;
    state = 'behind';
    stopUpstream?.();
    stopUpstream = null;
    options.onInterruption?.('behind');
  };

  const onInterrupted = (): void => {
    stopUpstream = null;
    if (Date.now() - listeningSince >= timing.settled) {
      hasBegun = true;
      failures = 0;
    }
    if (failures === 0) {
      awaySince = Date.now();
      if (hasBegun) options.onInterruption?.('lost');
    }
    state = 'away';
    if (Date.now() - awaySince >= (hasBegun ? timing.toReturn : timing.toBegin)) {
      give(options.unavailable());
      end();
      return;
    }
    const pause = Math.min(timing.lastRetry, timing.firstRetry * 2 ** failures);
    failures += 1;
    retry = setTimeout(listen, pause * (0.5 + Math.random() / 2));
  };

  const listen = (): void => {
    state = 'listening';
    listeningSince = Date.now();
    let current = true;
    const whileCurrent =
      <Given extends unknown[]>(act: (...given: Given) => void) =>
      (...given: Given): void => {
        if (current) act(...given);
      };
    const lastly = <Given extends unknown[]>(act: (...given: Given) => void) =>
      whileCurrent((...given: Given) => {
        current = false;
        act(...given);
      });
    const stop = options.start(position, {
      event: whileCurrent(onEvent),
      refused: lastly((errors) => {
        give({ data: null, errors });
        end();
      }),
      completed: lastly(end),
      interrupted: lastly(onInterrupted),
    });
    const stopOnce = (): void => {
      current = false;
      stop();
    };
    if (current && state === 'listening') stopUpstream = stopOnce;
    else stopOnce();
  };

  const close = async (): Promise<IteratorResult<UpstreamEvent>> => {
    waiting.length = 0;
    if (state !== 'ended') end();
    return { done: true, value: undefined };
  };

  const feed: AsyncIterableIterator<UpstreamEvent> = {
    [Symbol.asyncIterator]: () => feed,
    next: async () => {
      const event = waiting.shift();
      if (waiting.length === 0 && state === 'behind') listen();
      if (event) return { done: false, value: event };
      if (state === 'ended') return { done: true, value: undefined };
      return new Promise((resolve) => {
        reader = resolve;
      });
    },
    return: close,
    throw: close,
  };
  listen();
  return feed;
};
