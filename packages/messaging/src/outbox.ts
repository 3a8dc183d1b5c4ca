import type { OutgoingMessage } from './outgoing.ts';
import type { Sql } from './sql.ts';

/** NATS takes 1 MiB with headers; a message that no broker takes would hold up its aggregate for ever. */
const maxBytes = 1_000_000;

/**
 * Appends messages, in order, inside the caller's transaction: they are sent if and only if it commits. Throws a
 * RangeError for a message that is too large to travel.
 */
export const appendToOutbox = async (sql: Sql, messages: readonly OutgoingMessage[]): Promise<void> => {
  if (messages.length === 0) return;
  const envelopes = messages.map(({ envelope }) => JSON.stringify(envelope));
  for (const [index, envelope] of envelopes.entries()) {
    if (Buffer.byteLength(envelope) > maxBytes) {
      throw new RangeError(
        `${messages[index]?.subject} is larger than ${maxBytes} bytes: send it in parts`,
      );
    }
  }
  await sql.$executeRawUnsafe(
    `INSERT INTO outbox (id, subject, aggregate_id, envelope)
     SELECT id, subject, aggregate_id, envelope::jsonb
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY
       AS message (id, subject, aggregate_id, envelope, ordinal)
     ORDER BY ordinal`,
    messages.map(({ id }) => id),
    messages.map(({ subject }) => subject),
    messages.map(({ aggregateId }) => aggregateId),
    envelopes,
  );
};
