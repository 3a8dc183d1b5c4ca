import { v7 as newId } from 'uuid';
import type { Sql } from './sql.ts';

/** What an operator did to messages, by whom and why. */
export type OperatorAction = {
  readonly id: string;
  readonly kind: 'REPLAY' | 'DISCARD' | 'REPUBLISH';
  readonly actorId: string;
  readonly reason: string;
  /** Which messages were meant, in words. */
  readonly target: string;
  readonly messages: number;
  readonly at: Date;
};

/** Who does it, and why. */
export type Mandate = { readonly actorId: string; readonly reason: string };

/** Of the parked messages that nobody has dealt with: these, or all of one consumer. */
export type ParkedSelection = { readonly ids: readonly string[] } | { readonly consumer: string };

/** Messages that were published in a span of time, both ends included. */
export type PublishedBetween = { readonly since: Date; readonly until: Date };

/** Sent anew they take the place of what is to be sent now: more than a broker takes in a few minutes is asked for in parts. */
export const mostRepublished = 100_000;

const columns = 'id, kind, actor_id AS "actorId", reason, target, messages, at';

/** Newest first; `after` is the id of the last one seen. */
export const listOperatorActions = (
  sql: Sql,
  { first, after }: { readonly first: number; readonly after?: string | undefined },
): Promise<readonly OperatorAction[]> =>
  sql.$queryRawUnsafe<OperatorAction[]>(
    `SELECT ${columns} FROM operator_actions WHERE ($1::text IS NULL OR id < $1)
     ORDER BY id DESC LIMIT $2::int`,
    after ?? null,
    first,
  );

/** Changes rows and notes it, in one statement; null when nothing was there to change. `chosen` changes them, from $6 on. */
const act = async (
  sql: Sql,
  kind: OperatorAction['kind'],
  { actorId, reason }: Mandate,
  target: string,
  chosen: string,
  values: readonly unknown[],
): Promise<OperatorAction | null> => {
  const [action] = await sql.$queryRawUnsafe<OperatorAction[]>(
    `WITH ${chosen}
     INSERT INTO operator_actions (id, kind, actor_id, reason, target, messages)
     SELECT $1::text, $2::text, $3::text, $4::text, $5::text, count(*)::int FROM changed HAVING count(*) > 0
     RETURNING ${columns}`,
    newId(),
    kind,
    actorId,
    reason,
    target,
    ...values,
  );
  return action ?? null;
};

const idsOf = (selection: ParkedSelection) => ('ids' in selection ? selection.ids : null);
const consumerOf = (selection: ParkedSelection) => ('consumer' in selection ? selection.consumer : null);

const wordsOf = (selection: ParkedSelection): string =>
  'ids' in selection ? selection.ids.join(', ') : `all of ${selection.consumer}`;

const isMeant = 'resolution IS NULL AND (id = ANY ($6::text[]) OR consumer = $7::text)';

/** Asks for messages to be handled again; `replayNext` does it. */
export const askReplay = (sql: Sql, selection: ParkedSelection, mandate: Mandate) =>
  act(
    sql,
    'REPLAY',
    mandate,
    wordsOf(selection),
    `changed AS (UPDATE parked_messages SET replay_asked_at = now()
       WHERE replay_asked_at IS NULL AND ${isMeant} RETURNING id)`,
    [idsOf(selection), consumerOf(selection)],
  );

/** Gives messages up: they never have their effect. The mandate's reason is added to each one's own. */
export const discardParked = (sql: Sql, selection: ParkedSelection, mandate: Mandate) =>
  act(
    sql,
    'DISCARD',
    mandate,
    wordsOf(selection),
    `changed AS (UPDATE parked_messages SET resolution = 'DISCARDED', resolved_at = now(),
         replay_asked_at = NULL, reason = reason || ' (discarded: ' || $4::text || ')'
       WHERE ${isMeant} RETURNING id)`,
    [idsOf(selection), consumerOf(selection)],
  );

/** Has the relay send again what it sent then; inboxes know what they had. TOO_MANY changes nothing. */
export const republish = async (
  sql: Sql,
  { since, until }: PublishedBetween,
  mandate: Mandate,
): Promise<OperatorAction | 'TOO_MANY' | null> => {
  const span = [since.toISOString(), until.toISOString()];
  const found = `(SELECT id FROM outbox WHERE published_at BETWEEN $1::timestamptz AND $2::timestamptz
    LIMIT ${mostRepublished + 1})`;
  const [row] = await sql.$queryRawUnsafe<{ many: boolean }[]>(
    `SELECT count(*) > ${mostRepublished} AS many FROM ${found} AS found`,
    ...span,
  );
  if (row?.many) return 'TOO_MANY';
  return act(
    sql,
    'REPUBLISH',
    mandate,
    `published from ${span[0]} until ${span[1]}`,
    `changed AS (UPDATE outbox SET published_at = NULL, stream_sequence = NULL
       WHERE published_at BETWEEN $6::timestamptz AND $7::timestamptz RETURNING id)`,
    span,
  );
};
