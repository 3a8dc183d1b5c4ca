import type { Transact } from '@emporium/messaging';
import { adjustStock } from './adjust-stock.ts';
import { findAvailability } from './find-availability.ts';
import type { OnStockChanged, Ports, ReadStock } from './ports.ts';
import { watchStock } from './watch-stock.ts';

/** Everything that may be asked of inventory. */
export const createApp = (world: {
  readonly transact: Transact<Ports>;
  readonly read: ReadStock;
  readonly onStockChanged: OnStockChanged;
}) => ({
  adjustStock: adjustStock(world.transact),
  findAvailability: findAvailability(world.read),
  watchStock: watchStock(world),
});

export type App = ReturnType<typeof createApp>;
