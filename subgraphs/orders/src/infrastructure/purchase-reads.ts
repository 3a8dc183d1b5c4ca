import { asInstant } from '@emporium/domain';
import type { OrderReads, PurchaseView } from '../application/reads.ts';
import type { Tx } from './database.ts';
import { secondsPerFailure } from './deadlines.ts';

type Row = Omit<PurchaseView, 'deadline' | 'parkedAt'> & {
  readonly deadline: Date | null;
  readonly parkedAt: Date | null;
};

const instantOf = (at: Date | null) => at && asInstant(at.toISOString());

/** Purchases that wait for an answer; ids rise with time, so the oldest come first. */
export const createReadPurchases =
  (client: Tx): OrderReads['purchases'] =>
  async ({ step, parked, olderThanSeconds }, { limit, after }) => {
    const rows = await client.$queryRaw<Row[]>`
      SELECT deadline.order_id AS "orderId", orders.number, orders.status, deadline.step,
        floor(extract(epoch FROM now() - deadline.begun_at))::integer AS "ageSeconds", deadline.attempt AS attempts,
        CASE WHEN deadline.parked_at IS NULL THEN
          CASE WHEN outbox.id IS NULL THEN deadline.begun_at ELSE outbox.published_at END
            + make_interval(secs => deadline.seconds + deadline.failures * ${secondsPerFailure})
        END AS deadline,
        deadline.parked_at AS "parkedAt", deadline.parked_reason AS "parkedReason"
      FROM purchase_deadlines AS deadline
      JOIN orders ON orders.id = deadline.order_id
      LEFT JOIN outbox ON outbox.id = deadline.message_id
      WHERE (${step}::text IS NULL OR deadline.step = ${step})
        AND (${parked}::boolean IS NULL OR (deadline.parked_at IS NOT NULL) = ${parked})
        AND (${olderThanSeconds}::integer IS NULL
          OR deadline.begun_at < now() - make_interval(secs => ${olderThanSeconds}))
        AND (${after?.orderId ?? null}::text IS NULL
          OR (deadline.order_id, deadline.step) > (${after?.orderId ?? null}, ${after?.step ?? null}))
      ORDER BY deadline.order_id, deadline.step
      LIMIT ${limit}`;
    return rows.map(({ deadline, parkedAt, ...row }) => ({
      ...row,
      deadline: instantOf(deadline),
      parkedAt: instantOf(parkedAt),
    }));
  };
