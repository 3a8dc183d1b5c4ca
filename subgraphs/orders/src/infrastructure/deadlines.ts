import type { OutgoingMessage } from '@emporium/messaging';
import type { Deadlines, OrderId, Overdue } from '../application/ports.ts';
import type { FindOverdue, PurchaseWatch } from '../application/time-out-purchases.ts';
import { awaited } from '../domain/order.ts';
import type { PurchaseStep, PurchaseTerms } from '../domain/purchase-step.ts';
import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { Move, Step } from './history.ts';
import type { Writes } from './writes.ts';

/** The answer that was owed is there, or nobody owes it any more. */
const isAnswered = ({ before, after }: Step): boolean =>
  awaited(before) !== null && awaited(before) !== awaited(after);

/** Ends what moves answer. Comes before anything else is written, so that it cannot meet a time-out crosswise. */
export const endSteps = async (tx: Tx, moves: readonly Move[]): Promise<void> => {
  const ended = moves.filter(({ steps }) => steps.some(isAnswered)).map(({ orderId }) => orderId);
  if (ended.length > 0) await tx.$executeRaw`DELETE FROM purchase_deadlines WHERE order_id = ANY(${ended})`;
};

/**
 * Begins the steps that moves lead to; what somebody faster has begun stays, and the move itself will notice them. Each is
 * counted from when its message was published, so an outage costs no time;
 * without a message, from now.
 */
export const beginSteps = (
  writes: Writes,
  moves: readonly Move[],
  messageOf: (step: Step) => OutgoingMessage | undefined,
  terms: PurchaseTerms,
): void => {
  const begun = moves.flatMap(({ orderId, steps }) =>
    steps.flatMap((move) => {
      const step = awaited(move.after);
      if (step === null || step === awaited(move.before)) return [];
      return [{ orderId, step, messageId: messageOf(move)?.id ?? null, seconds: terms[step].seconds }];
    }),
  );
  if (begun.length === 0) return;
  writes.later(Prisma.sql`
    INSERT INTO purchase_deadlines (order_id, step, message_id, seconds)
    SELECT * FROM unnest(
      ${begun.map(({ orderId }) => orderId)}::text[], ${begun.map(({ step }) => step)}::text[],
      ${begun.map(({ messageId }) => messageId)}::text[], ${begun.map(({ seconds }) => seconds)}::integer[])
    ON CONFLICT (order_id, step) DO NOTHING`);
};

/** The step goes on with a new question. */
export const askedAgain = async (
  tx: Tx,
  orderId: OrderId,
  { step, attempt }: { step: PurchaseStep; attempt: number },
  messageId: string,
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE purchase_deadlines SET message_id = ${messageId}, attempt = ${attempt}, failures = 0
    WHERE order_id = ${orderId} AND step = ${step}`;
};

/** The buyer is given longer for the step, from when its question was published. */
export const awaitBuyer = async (
  tx: Tx,
  orderId: OrderId,
  { buyerSeconds }: PurchaseTerms['PAY'],
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE purchase_deadlines SET seconds = greatest(seconds, ${buyerSeconds}), failures = 0
    WHERE order_id = ${orderId} AND step = 'PAY'`;
};

export const parkStep = async (
  tx: Tx,
  orderId: OrderId,
  step: PurchaseStep,
  reason: string,
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE purchase_deadlines SET parked_at = now(), parked_reason = ${reason}
    WHERE order_id = ${orderId} AND step = ${step}`;
};

/** A step that could not be moved on waits this much longer for each time. */
export const secondsPerFailure = 10;
/** After so many it is for a person. */
const mostFailures = 5;

const overdue = Prisma.sql`
  purchase_deadlines AS deadline LEFT JOIN outbox ON outbox.id = deadline.message_id,
    LATERAL (SELECT CASE WHEN outbox.id IS NULL THEN deadline.begun_at ELSE outbox.published_at END) AS asked (at)
  WHERE deadline.parked_at IS NULL
    AND asked.at + make_interval(secs => deadline.seconds + deadline.failures * ${secondsPerFailure}) < now()`;

export const createFindOverdue =
  (client: Tx): FindOverdue =>
  (limit) =>
    client.$queryRaw<Overdue[]>`
    SELECT deadline.order_id AS "orderId", deadline.step FROM ${overdue} ORDER BY asked.at LIMIT ${limit}`;

/** Keeps the time of purchases in place of whoever should have. */
export const createPurchaseWatch = (client: Tx, terms: PurchaseTerms): PurchaseWatch => ({
  couldNotMove: async ({ orderId, step }, reason) => {
    const rows = await client.$queryRaw<{ parked: boolean }[]>`
      UPDATE purchase_deadlines
      SET failures = failures + 1,
        parked_at = CASE WHEN failures + 1 >= ${mostFailures} THEN now() END,
        parked_reason = CASE WHEN failures + 1 >= ${mostFailures} THEN ${reason} END
      WHERE order_id = ${orderId} AND step = ${step} AND parked_at IS NULL
      RETURNING parked_at IS NOT NULL AS parked`;
    return rows[0]?.parked ?? false;
  },
  adopt: () => client.$executeRaw`
    INSERT INTO purchase_deadlines (order_id, step, seconds)
    SELECT id, step, seconds
    FROM orders JOIN (VALUES
      ('PENDING', 'RESERVE', ${terms.RESERVE.seconds}::integer), ('RESERVED', 'PAY', ${terms.PAY.seconds}::integer)
    ) AS owed (status, step, seconds) USING (status)
    WHERE status IN ('PENDING', 'RESERVED')
      AND NOT EXISTS (SELECT 1 FROM purchase_deadlines AS deadline WHERE deadline.order_id = orders.id)
    ON CONFLICT DO NOTHING`,
});

export const createDeadlines = (tx: Tx): Deadlines => ({
  claim: async ({ orderId, step }) => {
    const held = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM purchase_deadlines WHERE order_id = ${orderId} AND step = ${step} FOR UPDATE SKIP LOCKED`;
    if (held.length === 0) return false;
    // Looked at again now that nobody else moves it: whoever had it before may have asked again, or given the buyer longer.
    const claimed = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM ${overdue} AND deadline.order_id = ${orderId} AND deadline.step = ${step}`;
    return claimed.length > 0;
  },
  remove: async ({ orderId, step }) => {
    await tx.$executeRaw`DELETE FROM purchase_deadlines WHERE order_id = ${orderId} AND step = ${step}`;
  },
});
