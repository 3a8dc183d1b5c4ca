import type { Transact } from '@emporium/messaging';
import { adjustStock } from './adjust-stock.ts';
import { findAvailability } from './find-availability.ts';
import { findLevels } from './find-levels.ts';
import { findMovements } from './find-movements.ts';
import { holdStock, releaseHold } from './hold-stock.ts';
import { changeLocation, openLocation } from './keep-locations.ts';
import type {
  OnStockChanged,
  Ports,
  ReadLevels,
  ReadLocations,
  ReadLowStock,
  ReadMovements,
  ReadStock,
} from './ports.ts';
import { republishStock } from './republish-stock.ts';
import { setBackorder } from './set-backorder.ts';
import { setThreshold } from './set-threshold.ts';
import { watchStock } from './watch-stock.ts';

/** What inventory reads outside of any transaction. */
export type Reads = {
  readonly read: ReadStock;
  readonly readLevels: ReadLevels;
  readonly readLocations: ReadLocations;
  readonly readMovements: ReadMovements;
  readonly readLowStock: ReadLowStock;
};

/** Everything that may be asked of inventory. */
export const createApp = (
  world: Reads & {
    readonly transact: Transact<Ports>;
    readonly onStockChanged: OnStockChanged;
    readonly holdSeconds: number;
  },
) => ({
  adjustStock: adjustStock(world.transact),
  findAvailability: findAvailability(world.read),
  findLevels: findLevels(world.readLevels),
  findLocations: world.readLocations,
  findLowStock: world.readLowStock,
  openLocation: openLocation(world.transact),
  changeLocation: changeLocation(world.transact),
  findMovements: findMovements(world.readLevels, world.readMovements),
  setBackorder: setBackorder(world.transact),
  setThreshold: setThreshold(world.transact),
  republishStock: republishStock(world.transact),
  holdStock: holdStock(world.transact, world.holdSeconds),
  releaseHold: releaseHold(world.transact),
  watchStock: watchStock(world),
});

export type App = ReturnType<typeof createApp>;
