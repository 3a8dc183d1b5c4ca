import type { Money } from '@emporium/domain';
import { planForRanges } from '@emporium/subgraph';
import { holds, judge, type MatchOutcome, type MovementKind } from '../../domain/reconciliation.ts';
import type { Prisma } from '../generated/client.ts';

type Tx = Prisma.TransactionClient;

type Row = {
  movement: MovementKind;
  key: string;
  reportedId: string | null;
  reportedCurrency: string | null;
  reportedAmount: bigint | null;
  reportedFee: bigint | null;
  reportedAt: Date | null;
  journalId: string | null;
  bookedCurrency: string | null;
  bookedAmount: bigint | null;
  bookedAt: Date | null;
  isPending: boolean;
  isRepeated: boolean;
};

/** What was reported and booked under one key, and what comes of it. */
export type JudgedPair = Row & { readonly outcome: MatchOutcome };

const pairsAtOnce = 2000;

/** Whose run it is, and which day. */
export type RunToMatch = { readonly id: string; readonly provider: string; readonly day: string };

/**
 * Every movement that belongs to the day, a few thousand at a time. One that is reported belongs to the day at which the
 * provider did it, whenever it was booked; one that is only booked to the day of its journal, unless any report has it.
 * What was booked after the report was begun may be too young for it.
 */
export async function* judgedPairs(
  tx: Tx,
  { id, provider, day }: RunToMatch,
): AsyncGenerator<readonly JudgedPair[]> {
  await planForRanges(tx);
  await tx.$executeRaw`
    DECLARE judged NO SCROLL CURSOR FOR
    WITH window_of_day AS (
      SELECT ${day}::text::date::timestamp AT TIME ZONE 'UTC' AS since, (${day}::text::date + 1)::timestamp AT TIME ZONE 'UTC' AS until,
        started_at FROM reconciliation_runs WHERE id = ${id}::text
    ), reported AS (
      SELECT DISTINCT ON (reported_id) reported_id, kind, key, currency, amount, fee, at
      FROM reported_movements, window_of_day WHERE run_id = ${id}::text AND at >= since AND at < until
      ORDER BY reported_id, position
    )
    SELECT reported.kind AS movement, reported.key, reported_id, reported.currency AS reported_currency,
      reported.amount AS reported_amount, reported.fee AS reported_fee, reported.at AS reported_at, booked.id AS journal_id,
      booked.currency AS booked_currency, booked.amount AS booked_amount, booked.at AS booked_at,
      EXISTS (SELECT FROM provider_calls WHERE provider_calls.id = reported.key) AS is_pending,
      reported.key <> '' AND EXISTS (
        SELECT FROM reported_movements AS earlier
        JOIN reconciliation_runs AS run ON run.id = earlier.run_id AND run.provider = ${provider}::text
        WHERE earlier.key = reported.key AND earlier.kind = reported.kind AND earlier.reported_id <> reported.reported_id
          AND (earlier.at, earlier.reported_id) < (reported.at, reported.reported_id)
      ) AS is_repeated
    FROM reported LEFT JOIN LATERAL (
      SELECT journals.id, entries.currency, abs(entries.amount) AS amount, journals.at
      FROM journals JOIN entries ON journal_id = journals.id
      WHERE account_id = 'provider:' || ${provider}::text || ':' || entries.currency
        AND idempotency_key = ANY(CASE reported.kind
          WHEN 'CAPTURE' THEN ARRAY['capture:' || reported.key, 'top-up:' || reported.key]
          WHEN 'REFUND' THEN ARRAY['refund-settled:' || reported.key]
          ELSE ARRAY['payout:' || reported.key] END)
      LIMIT 1
    ) AS booked ON true
    UNION ALL
    SELECT movement, key, NULL, NULL, NULL, NULL, NULL, booked.id, currency, amount, at, false, false
    FROM (
      SELECT journals.id, entries.currency, abs(entries.amount) AS amount, journals.at,
        CASE kind WHEN 'REFUND_SETTLED' THEN 'REFUND' WHEN 'PAYOUT' THEN 'PAYOUT' ELSE 'CAPTURE' END AS movement,
        substr(idempotency_key, strpos(idempotency_key, ':') + 1) AS key
      FROM window_of_day, journals JOIN entries ON journal_id = journals.id
      WHERE kind IN ('CAPTURE', 'TOP_UP', 'REFUND_SETTLED', 'PAYOUT')
        AND account_id = 'provider:' || ${provider}::text || ':' || entries.currency
        AND journals.at >= since AND journals.at < least(until, started_at)
    ) AS booked
    WHERE NOT EXISTS (
      SELECT FROM reported_movements AS told
      JOIN reconciliation_runs AS run ON run.id = told.run_id AND run.provider = ${provider}::text
      WHERE told.key = booked.key AND told.kind = booked.movement
    )`;
  for (;;) {
    const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(`FETCH ${pairsAtOnce} FROM judged`);
    if (rows.length === 0) return;
    yield rows.map((row) => judged(rowOf(row)));
  }
}

const rowOf = (row: Record<string, unknown>): Row =>
  ({
    movement: row.movement,
    key: row.key,
    reportedId: row.reported_id,
    reportedCurrency: row.reported_currency,
    reportedAmount: row.reported_amount,
    reportedFee: row.reported_fee,
    reportedAt: row.reported_at,
    journalId: row.journal_id,
    bookedCurrency: row.booked_currency,
    bookedAmount: row.booked_amount,
    bookedAt: row.booked_at,
    isPending: row.is_pending,
    isRepeated: row.is_repeated,
  }) as Row;

const moneyOf = (minor: bigint | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor, currency };

const judged = (row: Row): JudgedPair => {
  const { movement, isPending, isRepeated } = row;
  const reported = moneyOf(row.reportedAmount, row.reportedCurrency);
  const booked = moneyOf(row.bookedAmount, row.bookedCurrency);
  return { ...row, outcome: judge({ movement, reported, booked, isPending, isRepeated }) };
};

export type Total = {
  outcome: MatchOutcome;
  currency: string;
  movements: number;
  reported: bigint;
  booked: bigint;
  /** What the provider kept for itself. */
  fees: bigint;
};

/** Adds up what each side says that the provider holds because of the day, by outcome and currency. */
export const createTotals = () => {
  const totals = new Map<string, Total>();
  const totalOf = (outcome: MatchOutcome, currency: string): Total => {
    const key = `${outcome} ${currency}`;
    const total = totals.get(key) ?? {
      outcome,
      currency,
      movements: 0,
      reported: 0n,
      booked: 0n,
      fees: 0n,
    };
    totals.set(key, total);
    return total;
  };
  return {
    add: (pair: JudgedPair): void => {
      const { outcome, movement, reportedCurrency, reportedAmount, bookedCurrency, bookedAmount } = pair;
      totalOf(outcome, reportedCurrency ?? bookedCurrency ?? '').movements += 1;
      if (reportedCurrency) {
        const total = totalOf(outcome, reportedCurrency);
        total.reported += holds(movement, reportedAmount ?? 0n);
        total.fees += pair.reportedFee ?? 0n;
      }
      // The books know of one movement, which is the first one's.
      if (bookedCurrency && outcome !== 'DUPLICATE')
        totalOf(outcome, bookedCurrency).booked += holds(movement, bookedAmount ?? 0n);
    },
    all: (): readonly Total[] => [...totals.values()],
  };
};
