import type { Scheduler } from '../../kernel/scheduler.ts';
import type { Seams } from '../../planted/seams.ts';
import type { MessagingTables } from '../../store/messaging-tables.ts';
import type { Within } from '../subgraph.ts';
import type { OrderTables } from './order-tables.ts';

/** What the ports of one transaction are made of. */
export type OrdersWithin = Within & {
  readonly tables: OrderTables;
  readonly messages: () => MessagingTables;
  readonly scheduler: Scheduler;
  readonly seams: Seams;
};
