import { Counter, Gauge, type Registry } from 'prom-client';

/** What operators see of the books. */
export type LedgerMetrics = {
  folded(rows: number): void;
  sealed(journals: number): void;
  /** Seconds that the oldest journal has been waiting for its seal. */
  unsealed(seconds: number): void;
  /** `skipped`: more entries than a look adds up. */
  checked(outcome: 'right' | 'wrong' | 'skipped', accounts: number): void;
};

export const createLedgerMetrics = (registry: Registry): LedgerMetrics => {
  const registers = [registry];
  const folded = new Counter({
    name: 'emporium_ledger_folded_total',
    help: 'Rows beside a shared account’s balance that were folded into it.',
    registers,
  });
  const sealed = new Counter({
    name: 'emporium_ledger_sealed_total',
    help: 'Journals that this process sealed.',
    registers,
  });
  const unsealed = new Gauge({
    name: 'emporium_ledger_unsealed_seconds',
    help: 'How long the oldest journal without a seal has been waiting for one.',
    registers,
  });
  const checked = new Counter({
    name: 'emporium_ledger_checked_accounts_total',
    help: 'Balances compared with the sum of their entries, by what came of it; any that is wrong is an alarm.',
    labelNames: ['outcome'],
    registers,
  });
  return {
    folded: (rows) => folded.inc(rows),
    sealed: (journals) => sealed.inc(journals),
    unsealed: (seconds) => unsealed.set(seconds),
    checked: (outcome, accounts) => checked.inc({ outcome }, accounts),
  };
};
