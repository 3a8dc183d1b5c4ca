import type { Sql, Transact } from './sql.ts';
import type { Subscriber } from './subscriber.ts';

/** A message that no retry could mend, and why. */
export type ParkedMessage = {
  readonly id: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly subject: string;
  readonly envelope: unknown;
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: Date;
  readonly resolution: 'REPLAYED' | 'DISCARDED' | null;
  readonly resolvedAt: Date | null;
};

export type ParkedFilter = {
  readonly consumer?: string | undefined;
  readonly resolved?: boolean | undefined;
};

/** Newest first; `after` is the id of the last one seen. */
export type ParkedPage = { readonly first: number; readonly after?: string | undefined };

/** Whether an administrator's wish was granted. */
export type Resolution =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusal: 'NOT_FOUND' | 'ALREADY_RESOLVED' | 'NO_SUBSCRIBER' | 'PARKED_AGAIN';
      readonly reason: string;
    };

export type ParkedMessages = {
  list(filter?: ParkedFilter, page?: ParkedPage): Promise<readonly ParkedMessage[]>;
  /** Runs the handler again; the message stays parked, with the new reason, when it parks or throws again. */
  replay(id: string): Promise<Resolution>;
  /** `reason` is added to the message's own. */
  discard(id: string, reason: string): Promise<Resolution>;
};

/** What an administrator may do with a subgraph's parked messages. */
export const parkedMessages = <Ports>(
  _sql: Sql,
  _handlers: {
    readonly owner: string;
    readonly transact: Transact<Ports>;
    readonly subscribers: readonly Subscriber<Ports>[];
  },
): ParkedMessages => {
  throw new Error('parked messages are being built');
};
