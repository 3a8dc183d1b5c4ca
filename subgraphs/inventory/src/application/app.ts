import type { Transact } from '@emporium/messaging';
import { adjustStock } from './adjust-stock.ts';
import { findAvailability } from './find-availability.ts';
import { findLevels } from './find-levels.ts';
import { changeLocation, openLocation } from './keep-locations.ts';
import type { OnStockChanged, Ports, ReadLevels, ReadLocations, ReadStock } from './ports.ts';
import { watchStock } from './watch-stock.ts';

/** What inventory reads outside of any transaction. */
export type Reads = {
  readonly read: ReadStock;
  readonly readLevels: ReadLevels;
  readonly readLocations: ReadLocations;
};

/** Everything that may be asked of inventory. */
export const createApp = (
  world: Reads & { readonly transact: Transact<Ports>; readonly onStockChanged: OnStockChanged },
) => ({
  adjustStock: adjustStock(world.transact),
  findAvailability: findAvailability(world.read),
  findLevels: findLevels(world.readLevels),
  findLocations: world.readLocations,
  openLocation: openLocation(world.transact),
  changeLocation: changeLocation(world.transact),
  watchStock: watchStock(world),
});

export type App = ReturnType<typeof createApp>;
