import { asInstant } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import type { Day, Reconciliations } from '../../application/reconcile-day.ts';
import type { Prisma, PrismaClient } from '../generated/client.ts';
import { closeMatched, openCases } from './cases.ts';
import { createTotals, judgedPairs, type RunToMatch, type Total } from './pairs.ts';

/** How far the report is read beyond the day: a booking shortly after midnight may be of the day before. */
const marginHours = 1;

export type ReconciliationSchedule = {
  /** How long after its end a day is run, in hours; at least the margin. */
  readonly afterHours: number;
  /** Days longer ago than this are run on demand alone. */
  readonly daysBack: number;
};

const limits = { maxWait: 10_000, timeout: 300_000 };

/** Runs in Postgres. A report is kept as it is read, matched there, and replaced by that of the day's next run. */
export const prismaReconciliations = (
  prisma: PrismaClient,
  { afterHours, daysBack }: ReconciliationSchedule,
): Reconciliations => ({
  begin: (provider, day) =>
    prisma.$transaction(async (tx) => {
      const [window] = await tx.$queryRaw<{ since: Date; until: Date; begun: boolean }[]>`
        SELECT midnight - margin AS since, midnight + interval '1 day' + margin AS until, midnight <= now() AS begun
        FROM (
          SELECT ${day}::text::date::timestamp AT TIME ZONE 'UTC' AS midnight, ${marginHours}::int * interval '1 hour' AS margin
        ) AS of_day`;
      if (!window?.begun) return null;
      const runId = newId();
      await tx.$executeRaw`
        DELETE FROM reconciliation_runs WHERE provider = ${provider} AND day = ${day}::text::date AND status <> 'FINISHED'`;
      await tx.$executeRaw`
        INSERT INTO reconciliation_runs (id, provider, day, status) VALUES (${runId}, ${provider}, ${day}::text::date, 'RUNNING')`;
      const { since, until } = window;
      return { runId, from: asInstant(since.toISOString()), until: asInstant(until.toISOString()) };
    }),
  keepReported: async (runId, movements) => {
    await prisma.$executeRaw`
      INSERT INTO reported_movements (run_id, reported_id, kind, key, currency, amount, fee, at)
      SELECT ${runId}, * FROM unnest(
        ${movements.map(({ id }) => id)}::text[], ${movements.map(({ kind }) => kind)}::text[],
        ${movements.map(({ key }) => key)}::text[], ${movements.map(({ amount }) => amount.currency)}::text[],
        ${movements.map(({ amount }) => amount.minor)}::bigint[],
        ${movements.map(({ fee }) => fee ?? 0n)}::bigint[], ${movements.map(({ at }) => at)}::timestamptz[])`;
  },
  finish: (runId, total) =>
    prisma.$transaction(async (tx) => {
      const [run] = await tx.$queryRaw<RunToMatch[]>`
        SELECT id, provider, day::text FROM reconciliation_runs WHERE id = ${runId} FOR NO KEY UPDATE`;
      if (!run) throw new Error(`reconciliation ${runId} is not known`);
      if (!(await isWhole(tx, runId, total))) return false;
      await tx.$executeRaw`
        DELETE FROM reported_movements WHERE run_id IN (
          SELECT id FROM reconciliation_runs
          WHERE provider = ${run.provider} AND day = ${run.day}::text::date AND id <> ${runId})`;
      const totals = await matchAll(tx, run);
      await closeMatched(tx, run);
      await tx.reconciliationTotal.createMany({
        data: totals.map((each) => ({ ...each, runId })),
      });
      await tx.$executeRaw`
        UPDATE reconciliation_runs SET status = 'FINISHED', finished_at = clock_timestamp() WHERE id = ${runId}`;
      return true;
    }, limits),
  fail: (runId, failure) =>
    prisma.$transaction(async (tx) => {
      await tx.$executeRaw`DELETE FROM reported_movements WHERE run_id = ${runId}`;
      await tx.$executeRaw`
        UPDATE reconciliation_runs SET status = 'FAILED', failure = ${failure}, finished_at = clock_timestamp()
        WHERE id = ${runId}`;
    }),
  daysDue: async (provider) => {
    const rows = await prisma.$queryRaw<{ day: Day }[]>`
      SELECT day::date::text AS day
      FROM generate_series(
        greatest(
          (now() AT TIME ZONE 'UTC')::date - ${daysBack}::int,
          (SELECT (min(at) AT TIME ZONE 'UTC')::date FROM journals)),
        ((now() - ${afterHours}::int * interval '1 hour') AT TIME ZONE 'UTC')::date - 1,
        interval '1 day') AS day
      WHERE (SELECT min(at) FROM journals) IS NOT NULL AND NOT EXISTS (
        SELECT FROM reconciliation_runs AS run
        WHERE run.provider = ${provider} AND run.day = day::date AND status = 'FINISHED'
          AND started_at >= (day::date + 1)::timestamp AT TIME ZONE 'UTC' + ${marginHours}::int * interval '1 hour')
      ORDER BY day`;
    return rows.map(({ day }) => day);
  },
});

/** Whether it has as many movements as it says, and says one thing of each. */
const isWhole = async (
  tx: Prisma.TransactionClient,
  runId: string,
  total: number | null,
): Promise<boolean> => {
  const [said] = await tx.$queryRaw<{ movements: number; contradicted: boolean }[]>`
    SELECT count(*)::int AS movements, coalesce(bool_or(versions > 1), false) AS contradicted FROM (
      SELECT count(DISTINCT (kind, key, currency, amount)) AS versions FROM reported_movements
      WHERE run_id = ${runId} GROUP BY reported_id
    ) AS movement`;
  return said?.contradicted === false && (total === null || said.movements === total);
};

const matchAll = async (tx: Prisma.TransactionClient, run: RunToMatch): Promise<readonly Total[]> => {
  const totals = createTotals();
  for await (const pairs of judgedPairs(tx, run)) {
    for (const pair of pairs) totals.add(pair);
    const differences = pairs.filter(({ outcome }) => outcome !== 'MATCHED' && outcome !== 'IN_FLIGHT');
    if (differences.length > 0) await openCases(tx, run, differences);
  }
  return totals.all();
};
