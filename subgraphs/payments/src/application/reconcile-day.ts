import {
  type ProviderReport,
  ReportFailed,
  type ReportFault,
  type ReportPage,
  type ReportWindow,
} from './provider-report.ts';

/** A date of the provider's calendar, UTC: `2026-11-26`. */
export type Day = string;

/** Port: the runs and what they find. Each call is a transaction of its own. */
export type Reconciliations = {
  /** Takes the place of a run that did not finish. Null for a day that has not begun. */
  begin(provider: string, day: Day): Promise<(ReportWindow & { readonly runId: string }) | null>;
  keepReported(runId: string, movements: ReportPage['movements']): Promise<void>;
  /**
   * Compares what was kept with the books, opens and closes cases. False when the report contradicts itself, or has not as many
   * movements as it says; a total of null says nothing.
   */
  finish(runId: string, total: number | null): Promise<boolean>;
  fail(runId: string, failure: ReportFault | 'INTERNAL'): Promise<void>;
  /** Days that are over and have no run that saw all of them, oldest first. */
  daysDue(provider: string): Promise<readonly Day[]>;
};

/** Port: does the work unless somebody else does work of that name, on any replica; null then. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T | null>;

export type ReconcileRefusal =
  | 'DAY_NOT_BEGUN'
  | 'ALREADY_RUNNING'
  | 'REPORT_UNAVAILABLE'
  | 'REPORT_INCONSISTENT';

export type ReconcilePorts = {
  readonly reports: readonly ProviderReport[];
  readonly reconciliations: Reconciliations;
  readonly exclusively: Exclusively;
};

export type Reconcile = (day: Day) => Promise<ReconcileRefusal | null>;

/** Compares a day with every provider's report, one after the other; the first that cannot be is told. */
export const createReconcile =
  ({ reports, reconciliations, exclusively }: ReconcilePorts): Reconcile =>
  async (day) => {
    let refusal: ReconcileRefusal | null = null;
    for (const report of reports) {
      const outcome = await exclusively(lockOf(report), () => run(reconciliations, report, day));
      refusal ??= outcome === null ? 'ALREADY_RUNNING' : outcome === 'DONE' ? null : outcome;
    }
    return refusal;
  };

/** Runs whatever days are due; a provider that does not answer is asked again at the next turn. */
export const createReconcileDue =
  ({ reports, reconciliations, exclusively }: ReconcilePorts): (() => Promise<void>) =>
  async () => {
    for (const report of reports) {
      await exclusively(lockOf(report), async () => {
        for (const day of await reconciliations.daysDue(report.provider)) {
          if ((await run(reconciliations, report, day)) === 'REPORT_UNAVAILABLE') break;
        }
      });
    }
  };

const lockOf = ({ provider }: ProviderReport): string => `reconciliation:${provider}`;

/** A page at a time, so that a day may be of any size. */
const run = async (
  reconciliations: Reconciliations,
  report: ProviderReport,
  day: Day,
): Promise<'DONE' | ReconcileRefusal> => {
  const begun = await reconciliations.begin(report.provider, day);
  if (!begun) return 'DAY_NOT_BEGUN';
  const { runId, ...window } = begun;
  try {
    let total: number | null = 0;
    for await (const page of report.movements(window)) {
      await reconciliations.keepReported(runId, page.movements);
      total = page.total;
    }
    if (!(await reconciliations.finish(runId, total))) throw new ReportFailed('INCONSISTENT');
    return 'DONE';
  } catch (error) {
    const fault = error instanceof ReportFailed ? error.fault : null;
    await reconciliations.fail(runId, fault ?? 'INTERNAL');
    if (!fault) throw error;
    return `REPORT_${fault}`;
  }
};
