import { clocks } from './clocks.ts';
import { crashes } from './crashes.ts';
import type { Fault } from './fault.ts';
import { fullDisk } from './full-disk.ts';
import { kills } from './kills.ts';
import { lostStores } from './lost-stores.ts';
import { networks } from './networks.ts';
import { stops } from './stops.ts';

/** Everything that is done to the shop. */
export const allFaults: readonly Fault[] = [
  ...kills,
  ...lostStores,
  ...clocks,
  ...crashes,
  ...stops,
  ...networks,
  fullDisk,
];
