import { placeIn, type Seal } from '@emporium/encryption';
import { currentCause, gatherAll } from '@emporium/messaging';
import type { NewProviderCall, ProviderCall, ProviderCalls } from '../application/ports.ts';
import { type Committed, noteCall } from './committed.ts';
import type { Prisma } from './generated/client.ts';
import { sealedCalls } from './sealed-tables.ts';

/** How long a call that was taken stays taken without a sign of life. */
const leaseSeconds = 6;
/** After so long, what was sent to the provider has arrived or never will: it gives up waiting after 8 s itself. */
const quietSeconds = 20;

/** Long enough for whoever may be at it to be done: mostly they hear the same from the provider a moment later. */
const hurryMs = 1000;

type Row = Omit<ProviderCall, 'ready'>;
type SealedRow = Row & { readonly sealedToken: string | null };

/** The queue of what the provider must be asked, in one transaction. Time is the database's. */
export const prismaProviderCalls = (
  tx: Prisma.TransactionClient,
  committed: Committed,
  seal: Seal,
): ProviderCalls => {
  const insert = gatherAll((calls: readonly Row[]) => insertCalls(tx, calls, seal));
  const remove = gatherAll(
    (ids: readonly string[]) => tx.$executeRaw`DELETE FROM provider_calls WHERE id = ANY(${[...ids]})`,
  );
  /** Of the event that is being handled, whoever inserts it. */
  const rowOf = (call: NewProviderCall, progress: Pick<Row, 'attempts' | 'sent'>): Row => ({
    ...call,
    ...progress,
    eventId: currentCause().causationId ?? null,
  });
  return {
    add: async (call) => {
      await insert(rowOf(call, { attempts: 0, sent: false }));
      noteCall(committed, 0);
    },
    addTaken: async (call) => {
      const row = rowOf(call, { attempts: 1, sent: false });
      await insert(row);
      return { ...row, ready: null };
    },
    addReady: async (call, request) => {
      const row = rowOf(call, { attempts: 1, sent: true });
      const since = performance.now();
      await insert(row);
      committed.ready.push({ call: { ...row, ready: request }, since });
    },
    claim: async (limit) => {
      const rows = await tx.$queryRaw<SealedRow[]>`
        UPDATE provider_calls
        SET attempts = attempts + 1, due_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
        WHERE id IN (
          SELECT id FROM provider_calls WHERE due_at <= clock_timestamp()
          ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        )
        RETURNING id, kind, subject, token, sealed_token AS "sealedToken", provider, event_id AS "eventId", attempts, sent_at IS NOT NULL AS sent`;
      return rows.map(({ sealedToken, ...row }) => ({
        ...row,
        token: sealedToken === null ? row.token : seal.open(sealedToken, placeIn(sealedCalls, row.id)),
        ready: null,
      }));
    },
    markSent: async (id) => {
      await tx.$executeRaw`UPDATE provider_calls SET sent_at = clock_timestamp() WHERE id = ${id}`;
    },
    isQuiet: async (id) => {
      const [row] = await tx.$queryRaw<{ quiet: boolean }[]>`
        SELECT sent_at IS NULL OR sent_at < clock_timestamp() - ${quietSeconds} * interval '1 second' AS quiet
        FROM provider_calls WHERE id = ${id}`;
      return row?.quiet ?? true;
    },
    handOver: async (call, to, request) => {
      const handedOver = await tx.$executeRaw`
        UPDATE provider_calls
        SET provider = ${to}, attempts = attempts + 1, sent_at = clock_timestamp(),
          due_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
        WHERE id = ${call.id} AND provider = ${call.provider} AND attempts = ${call.attempts}`;
      if (handedOver === 0) return null;
      return { ...call, provider: to, attempts: call.attempts + 1, sent: true, ready: request };
    },
    hurry: async (id) => {
      const hurried = await tx.$executeRaw`
        UPDATE provider_calls SET due_at = least(due_at, clock_timestamp() + ${hurryMs} * interval '1 millisecond')
        WHERE id = ${id}`;
      if (hurried > 0) noteCall(committed, hurryMs);
      return hurried > 0;
    },
    retryIn: async (id, milliseconds) => {
      await tx.$executeRaw`
        UPDATE provider_calls SET due_at = clock_timestamp() + ${milliseconds} * interval '1 millisecond'
        WHERE id = ${id}`;
      noteCall(committed, milliseconds);
    },
    remove,
  };
};

/** One that was attempted is taken. */
const insertCalls = (tx: Prisma.TransactionClient, calls: readonly Row[], seal: Seal) =>
  tx.$executeRaw`
    INSERT INTO provider_calls (id, kind, subject, sealed_token, provider, event_id, attempts, due_at, sent_at)
    SELECT id, kind, subject, sealed_token, provider, event_id, attempts,
      clock_timestamp() + CASE WHEN attempts = 0 THEN 0 ELSE ${leaseSeconds} END * interval '1 second',
      CASE WHEN sent THEN clock_timestamp() END
    FROM unnest(
      ${calls.map(({ id }) => id)}::text[], ${calls.map(({ kind }) => kind)}::text[],
      ${calls.map(({ subject }) => subject)}::text[], ${calls.map(({ id, token }) => token && seal.seal(token, placeIn(sealedCalls, id)))}::text[],
      ${calls.map(({ provider }) => provider)}::text[],
      ${calls.map(({ eventId }) => eventId)}::text[], ${calls.map(({ attempts }) => attempts)}::integer[],
      ${calls.map(({ sent }) => sent)}::boolean[]
    ) AS call (id, kind, subject, sealed_token, provider, event_id, attempts, sent)`;

/** Keeps calls taken while somebody works on them; one whose answer is being written needs it no more. */
export const renewLeases = async (
  prisma: Pick<Prisma.TransactionClient, '$executeRaw'>,
  ids: readonly string[],
): Promise<void> => {
  await prisma.$executeRaw`
    UPDATE provider_calls SET due_at = greatest(due_at, clock_timestamp() + ${leaseSeconds} * interval '1 second')
    WHERE id IN (SELECT id FROM provider_calls WHERE id = ANY(${[...ids]}) FOR UPDATE SKIP LOCKED)`;
};
