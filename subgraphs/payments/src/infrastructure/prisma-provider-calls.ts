import { currentCause } from '@emporium/messaging';
import type { NewProviderCall, ProviderCall, ProviderCalls } from '../application/ports.ts';
import { type Committed, noteCall } from './committed.ts';
import type { Prisma } from './generated/client.ts';

/** How long a call that was taken stays taken without a sign of life. */
const leaseSeconds = 6;
/** After so long, what was sent to the provider has arrived or never will: it gives up waiting after 8 s itself. */
const quietSeconds = 20;

type Row = {
  id: string;
  kind: ProviderCall['kind'];
  subject: string;
  token: string | null;
  eventId: string | null;
  attempts: number;
  sent: boolean;
};

/** The queue of what the provider must be asked, in one transaction. Time is the database's. */
export const prismaProviderCalls = (tx: Prisma.TransactionClient, committed: Committed): ProviderCalls => {
  const eventId = currentCause().causationId ?? null;
  const insert = ({ id, kind, subject, token }: NewProviderCall, attempts: number, leased: number) =>
    tx.$executeRaw`
      INSERT INTO provider_calls (id, kind, subject, token, event_id, attempts, due_at)
      VALUES (${id}, ${kind}, ${subject}, ${token}, ${eventId}, ${attempts}, now() + ${leased} * interval '1 second')`;
  return {
    add: async (call) => {
      await insert(call, 0, 0);
      noteCall(committed, 0);
    },
    addTaken: async (call) => {
      await insert(call, 1, leaseSeconds);
      return { ...call, eventId, attempts: 1, sent: false };
    },
    claim: (limit) => tx.$queryRaw<Row[]>`
      UPDATE provider_calls
      SET attempts = attempts + 1, due_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      WHERE id IN (
        SELECT id FROM provider_calls WHERE due_at <= clock_timestamp()
        ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      )
      RETURNING id, kind, subject, token, event_id AS "eventId", attempts, sent_at IS NOT NULL AS sent`,
    markSent: async (id) => {
      await tx.$executeRaw`UPDATE provider_calls SET sent_at = clock_timestamp() WHERE id = ${id}`;
    },
    isQuiet: async (id) => {
      const [row] = await tx.$queryRaw<{ quiet: boolean }[]>`
        SELECT sent_at IS NULL OR sent_at < clock_timestamp() - ${quietSeconds} * interval '1 second' AS quiet
        FROM provider_calls WHERE id = ${id}`;
      return row?.quiet ?? true;
    },
    retryIn: async (id, milliseconds) => {
      await tx.$executeRaw`
        UPDATE provider_calls SET due_at = clock_timestamp() + ${milliseconds} * interval '1 millisecond'
        WHERE id = ${id}`;
      noteCall(committed, milliseconds);
    },
    remove: async (id) => {
      await tx.providerCall.deleteMany({ where: { id } });
    },
  };
};

/** Keeps calls taken while somebody works on them. */
export const renewLeases = async (
  prisma: Pick<Prisma.TransactionClient, '$executeRaw'>,
  ids: readonly string[],
): Promise<void> => {
  await prisma.$executeRaw`
    UPDATE provider_calls SET due_at = greatest(due_at, clock_timestamp() + ${leaseSeconds} * interval '1 second')
    WHERE id = ANY(${[...ids]})`;
};
