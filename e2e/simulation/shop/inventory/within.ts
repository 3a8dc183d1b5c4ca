import type { Scheduler } from '../../kernel/scheduler.ts';
import type { Seams } from '../../planted/seams.ts';
import type { Within } from '../subgraph.ts';
import type { InventoryTables } from './inventory-tables.ts';

/** What the ports of one transaction are made of. */
export type InventoryWithin = Within & {
  readonly tables: InventoryTables;
  readonly scheduler: Scheduler;
  readonly seams: Seams;
};
