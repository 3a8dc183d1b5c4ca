import type { Instant, Money } from '@emporium/domain';
import type { MovementKind } from '../domain/reconciliation.ts';

/** One movement of money as the provider tells it. */
export type ReportedMovement = {
  /** The provider's own. */
  readonly id: string;
  readonly kind: MovementKind;
  /** The idempotency key that we gave; empty where there was none. */
  readonly key: string;
  readonly amount: Money;
  /** What the provider kept of it for itself, in minor units of its currency; `amount` is before that. */
  readonly fee?: bigint;
  readonly at: Instant;
};

export type ReportPage = {
  readonly movements: readonly ReportedMovement[];
  /** How many the whole report has, as far as the provider knows by now; the last page's counts. Null: it does not say. */
  readonly total: number | null;
};

/** By the provider's clock: `from` is in it, `until` is not. */
export type ReportWindow = { readonly from: Instant; readonly until: Instant };

/** UNAVAILABLE: no answer, which another attempt may get. INCONSISTENT: an answer that cannot be true. */
export type ReportFault = 'UNAVAILABLE' | 'INCONSISTENT';

/** Why there is no report. */
export class ReportFailed extends Error {
  override readonly name = 'ReportFailed';
  readonly fault: ReportFault;

  constructor(fault: ReportFault) {
    super(`the provider’s report is ${fault.toLowerCase()}`);
    this.fault = fault;
  }
}

/** Port: what a provider says that it did, page by page. Throws ReportFailed. */
export type ProviderReport = {
  /** As the accounts name it. */
  readonly provider: string;
  movements(window: ReportWindow): AsyncIterable<ReportPage>;
};
