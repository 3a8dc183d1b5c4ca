import type { Instant, Money } from '@emporium/domain';
import type { MatchOutcome } from '../domain/reconciliation.ts';
import type { CaseStatus, ReconciliationCase } from './reconciliation-case.ts';

/** How much of a run came out how; amounts are what the provider holds for us because of it, and may be below zero. */
export type ReconciliationTotal = {
  readonly outcome: MatchOutcome;
  readonly movements: number;
  readonly reported: Money;
  readonly booked: Money;
  /** What the provider kept for itself, where it says so. */
  readonly fees: Money;
};

export type ReconciliationRun = {
  readonly id: string;
  readonly provider: string;
  readonly status: 'RUNNING' | 'FINISHED' | 'FAILED';
  readonly failure: string | null;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly totals: readonly ReconciliationTotal[];
};

export type DayWithOpenCases = { readonly day: string; readonly openCases: number };

/** `after` is what the last one seen is ordered by. */
type Page = { readonly limit: number; readonly after: string | null };

/** Port: what screens ask about reconciliation; who may ask is the schema's to know. */
export type ReconciliationReads = {
  /** Of a day, last begun first. */
  reconciliationRuns(day: string): Promise<readonly ReconciliationRun[]>;
  /** By id; null is every status. */
  reconciliationCases(
    day: string,
    statuses: readonly CaseStatus[] | null,
    page: Page,
  ): Promise<readonly ReconciliationCase[]>;
  /** Latest first. */
  reconciliationDays(page: Page): Promise<readonly DayWithOpenCases[]>;
};
