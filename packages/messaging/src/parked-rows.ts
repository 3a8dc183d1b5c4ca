import { v7 as newId } from 'uuid';
import type { Sql } from './sql.ts';

/** A message to park. */
export type Parking = {
  readonly consumer: string;
  readonly eventId: string;
  readonly subject: string;
  readonly envelope: unknown;
  readonly reason: string;
  readonly attempts: number;
};

/** Writes the row that an administrator sees; once per consumer and event. */
export const insertParked = async (sql: Sql, parking: Parking): Promise<void> => {
  await sql.$executeRawUnsafe(
    `INSERT INTO parked_messages (id, consumer, event_id, subject, envelope, reason, attempts)
     VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7::int) ON CONFLICT (consumer, event_id) DO NOTHING`,
    newId(),
    parking.consumer,
    parking.eventId,
    parking.subject,
    JSON.stringify(parking.envelope),
    parking.reason.replaceAll('\0', ''),
    parking.attempts,
  );
};
