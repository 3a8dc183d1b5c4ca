import type { Delivery, Listener } from './subscriber.ts';

type Options<Event, Result> = {
  readonly open: () => AsyncIterableIterator<Event>;
  /** Completes an event for everyone who listens. Never rejects. */
  readonly complete: (event: Event) => Promise<Result>;
  readonly positionOf: (event: Event) => unknown;
  /** Told once, when nobody listens any more or the upstream has ended. */
  readonly onEnd: () => void;
};

export type SharedUpstream<Result> = { join(listener: Listener<Result>): () => void };

/**
 * One upstream for all who asked for the same: each event is completed once. Who joins later first gets the last event,
 * completed anew, and then follows.
 */
export const openSharedUpstream = <Event, Result>({
  open,
  complete,
  positionOf,
  onEnd,
}: Options<Event, Result>): SharedUpstream<Result> => {
  const listeners = new Set<Listener<Result>>();
  const feed = open();
  let ended = false;
  let last: Event | undefined;
  /** The last event, being completed anew for those who join at the same time. */
  let renewed: Promise<Result> | undefined;

  const end = (): void => {
    if (ended) return;
    ended = true;
    onEnd();
    for (const { end: tell } of [...listeners]) tell();
    listeners.clear();
  };
  const follow = async (): Promise<void> => {
    for await (const event of feed) {
      const result = complete(event);
      await result;
      last = event;
      renewed = undefined;
      const delivery: Delivery<Result> = { result, position: positionOf(event) };
      for (const { deliver } of [...listeners]) deliver(delivery);
    }
    end();
  };
  const renew = (event: Event): Promise<Result> => {
    if (renewed) return renewed;
    const renewing = complete(event);
    renewed = renewing;
    renewing.then(() => {
      if (renewed === renewing) renewed = undefined;
    });
    return renewing;
  };

  follow();
  return {
    join: (listener) => {
      listeners.add(listener);
      if (last !== undefined) listener.deliver({ result: renew(last), position: positionOf(last) });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || ended) return;
        feed.return?.();
        end();
      };
    },
  };
};
