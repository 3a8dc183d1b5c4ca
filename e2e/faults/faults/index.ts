import { clocks } from './clocks.ts';
import { crashes } from './crashes.ts';
import type { Fault, Kind } from './fault.ts';
import { fullDisk } from './full-disk.ts';
import { kills } from './kills.ts';
import { lostStores } from './lost-stores.ts';
import { networks } from './networks.ts';
import { stops } from './stops.ts';

/** Everything that is done to the shop, kind by kind. */
export const kinds: readonly Kind[] = [kills, lostStores, clocks, crashes, stops, networks, fullDisk];

export const allFaults: readonly Fault[] = kinds.flatMap(({ faults }) => faults);

/** What runs with the tests: each is tried by itself, or with others, one after another. */
export const shortRuns: readonly (readonly Fault[])[] = [
  ...allFaults.filter(({ short }) => short === 'by itself').map((fault) => [fault]),
  allFaults.filter(({ short }) => short === 'in turn'),
];
