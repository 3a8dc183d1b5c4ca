import type { Sql } from './sql.ts';

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
  /** Since when it waits to be handled again; null when nobody asked, and when it was parked again. */
  readonly replayAskedAt: Date | null;
  readonly resolution: 'REPLAYED' | 'DISCARDED' | null;
  readonly resolvedAt: Date | null;
};

/** All conditions must hold. */
export type ParkedFilter = {
  readonly ids?: readonly string[] | undefined;
  readonly consumer?: string | undefined;
  readonly resolved?: boolean | undefined;
};

/** Newest first; `after` is the id of the last one seen. */
export type ParkedPage = { readonly first: number; readonly after?: string | undefined };

export const parkedColumns = `id, consumer, event_id AS "eventId", subject, envelope, reason, attempts,
  parked_at AS "parkedAt", replay_asked_at AS "replayAskedAt", resolution, resolved_at AS "resolvedAt"`;

/** What is parked, and what became of what was. */
export const listParked = (
  sql: Sql,
  { ids, consumer, resolved }: ParkedFilter = {},
  { first, after }: ParkedPage = { first: 50 },
): Promise<readonly ParkedMessage[]> =>
  sql.$queryRawUnsafe<ParkedMessage[]>(
    `SELECT ${parkedColumns} FROM parked_messages
     WHERE ($1::text IS NULL OR consumer = $1) AND ($2::boolean IS NULL OR (resolution IS NOT NULL) = $2)
       AND ($3::text IS NULL OR id < $3) AND ($4::text[] IS NULL OR id = ANY ($4))
     ORDER BY id DESC LIMIT $5::int`,
    consumer ?? null,
    resolved ?? null,
    after ?? null,
    ids ?? null,
    first,
  );

/** How many wait for a person, by consumer; a consumer of which none does is not in it. */
export const countParked = async (sql: Sql): Promise<ReadonlyMap<string, number>> => {
  const rows = await sql.$queryRawUnsafe<{ consumer: string; waiting: number }[]>(
    `SELECT consumer, count(*)::int AS waiting FROM parked_messages
     WHERE resolution IS NULL GROUP BY consumer`,
  );
  return new Map(rows.map(({ consumer, waiting }) => [consumer, waiting]));
};
