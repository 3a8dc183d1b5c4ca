import { asInstant, type Money } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import type { ReconciliationCase, ReconciliationCases } from '../../application/resolve-case.ts';
import type { Prisma, ReconciliationCase as Row } from '../generated/client.ts';
import type { JudgedPair, RunToMatch } from './pairs.ts';

type Tx = Prisma.TransactionClient;

const moneyOf = (minor: bigint | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor, currency };
const instantOf = (at: Date | null) => (at === null ? null : asInstant(at.toISOString()));

export const caseOf = ({
  day,
  openedAt,
  reportedAmount,
  bookedAmount,
  ...row
}: Row): ReconciliationCase => ({
  id: row.id,
  provider: row.provider,
  day: day.toISOString().slice(0, 10),
  kind: row.kind as ReconciliationCase['kind'],
  movement: row.movement as ReconciliationCase['movement'],
  key: row.key,
  reportedId: row.reportedId,
  reported: moneyOf(reportedAmount, row.reportedCurrency),
  reportedAt: instantOf(row.reportedAt),
  journalId: row.journalId,
  booked: moneyOf(bookedAmount, row.bookedCurrency),
  bookedAt: instantOf(row.bookedAt),
  status: row.status as ReconciliationCase['status'],
  reason: row.reason,
  closedBy: row.closedBy,
  closedAt: instantOf(row.closedAt),
  openedAt: asInstant(openedAt.toISOString()),
});

/** Cases as administrators close them. */
export const prismaReconciliationCases = (tx: Tx): ReconciliationCases => ({
  lock: async (id) => {
    await tx.$executeRaw`SELECT FROM reconciliation_cases WHERE id = ${id} FOR NO KEY UPDATE`;
    const row = await tx.reconciliationCase.findUnique({ where: { id } });
    return row && caseOf(row);
  },
  close: async (id, status, closedBy, reason) => {
    await tx.$executeRaw`
      UPDATE reconciliation_cases
      SET status = ${status}, closed_by = ${closedBy}, reason = ${reason}, closed_at = clock_timestamp() WHERE id = ${id}`;
    return caseOf(await tx.reconciliationCase.findUniqueOrThrow({ where: { id } }));
  },
});

/** Opens a case for each difference, and again what an earlier run took for matched; what a person closed stays closed. */
export const openCases = (tx: Tx, run: RunToMatch, differences: readonly JudgedPair[]) =>
  tx.$executeRaw`
    INSERT INTO reconciliation_cases AS kept (id, provider, day, seen_in, kind, movement, key, reported_id, reported_currency,
      reported_amount, reported_at, journal_id, booked_currency, booked_amount, booked_at)
    SELECT id, ${run.provider}, ${run.day}::text::date, ${run.id}, kind, movement, key, reported_id, reported_currency,
      reported_amount, reported_at, journal_id, booked_currency, booked_amount, booked_at
    FROM unnest(
      ${differences.map(() => newId())}::text[], ${differences.map(({ outcome }) => outcome)}::text[],
      ${differences.map(({ movement }) => movement)}::text[], ${differences.map(({ key }) => key)}::text[],
      ${differences.map(({ reportedId }) => reportedId)}::text[],
      ${differences.map(({ reportedCurrency }) => reportedCurrency)}::text[],
      ${differences.map(({ reportedAmount }) => reportedAmount)}::bigint[],
      ${differences.map(({ reportedAt }) => reportedAt)}::timestamptz[],
      ${differences.map(({ journalId }) => journalId)}::text[],
      ${differences.map(({ bookedCurrency }) => bookedCurrency)}::text[],
      ${differences.map(({ bookedAmount }) => bookedAmount)}::bigint[],
      ${differences.map(({ bookedAt }) => bookedAt)}::timestamptz[]
    ) AS found (id, kind, movement, key, reported_id, reported_currency, reported_amount, reported_at, journal_id,
      booked_currency, booked_amount, booked_at)
    ON CONFLICT (provider, day, kind, movement, key, coalesce(reported_id, '')) DO UPDATE
    SET seen_in = excluded.seen_in, status = 'OPEN', closed_at = NULL, reported_currency = excluded.reported_currency,
      reported_amount = excluded.reported_amount, reported_at = excluded.reported_at, journal_id = excluded.journal_id,
      booked_currency = excluded.booked_currency, booked_amount = excluded.booked_amount, booked_at = excluded.booked_at
    WHERE kept.closed_by IS NULL`;

/** What this run has not seen any more has become matched. */
export const closeMatched = (tx: Tx, { id, provider, day }: RunToMatch) =>
  tx.$executeRaw`
    UPDATE reconciliation_cases SET status = 'RESOLVED', closed_at = clock_timestamp()
    WHERE provider = ${provider} AND day = ${day}::text::date AND status = 'OPEN' AND seen_in <> ${id}`;
