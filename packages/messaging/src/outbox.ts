import type { OutgoingMessage } from './outgoing.ts';
import type { Sql } from './sql.ts';

/** NATS takes 1 MiB with headers; a message that no broker takes would hold up its aggregate for ever. */
const maxBytes = 1_000_000;

/** A statement between whose texts its values go: what SQL templates make. */
type Statement = { readonly strings: readonly string[]; readonly values: readonly (readonly string[])[] };

/**
 * The statement that appends messages, in order, for those who write more by the same one. Throws a RangeError for a message
 * that is too large to travel.
 */
export const outboxInsert = (messages: readonly OutgoingMessage[]): Statement => {
  const envelopes = messages.map(({ envelope }) => JSON.stringify(envelope));
  for (const [index, envelope] of envelopes.entries()) {
    if (Buffer.byteLength(envelope) > maxBytes) {
      throw new RangeError(
        `${messages[index]?.subject} is larger than ${maxBytes} bytes: send it in parts`,
      );
    }
  }
  return {
    strings: [
      `INSERT INTO outbox (id, subject, aggregate_id, envelope)
       SELECT id, subject, aggregate_id, envelope::jsonb FROM unnest(`,
      '::text[], ',
      '::text[], ',
      '::text[], ',
      `::text[]) WITH ORDINALITY AS message (id, subject, aggregate_id, envelope, ordinal) ORDER BY ordinal`,
    ],
    values: [
      messages.map(({ id }) => id),
      messages.map(({ subject }) => subject),
      messages.map(({ aggregateId }) => aggregateId),
      envelopes,
    ],
  };
};

/** Appends messages, in order, inside the caller's transaction: they are sent if and only if it commits. Throws as `outboxInsert` does. */
export const appendToOutbox = async (sql: Sql, messages: readonly OutgoingMessage[]): Promise<void> => {
  if (messages.length === 0) return;
  const { strings, values } = outboxInsert(messages);
  const text = strings.reduce((before, after, index) => `${before}$${index}${after}`);
  await sql.$executeRawUnsafe(text, ...values);
};
