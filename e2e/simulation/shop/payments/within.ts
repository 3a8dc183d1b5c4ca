import type { ProviderCall } from '../../../../subgraphs/payments/src/application/ports.ts';
import type { Scheduler } from '../../kernel/scheduler.ts';
import type { Seams } from '../../planted/seams.ts';
import type { Within } from '../subgraph.ts';
import type { PaymentTables } from './payment-tables.ts';

/** What the ports of one transaction are made of. */
export type PaymentsWithin = Within & {
  readonly tables: PaymentTables;
  readonly scheduler: Scheduler;
  readonly seams: Seams;
  /** A call that its transaction has taken and prepared, once that has committed. */
  readonly ready: (call: ProviderCall) => void;
};
