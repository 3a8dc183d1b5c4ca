import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Fault, Kind } from './fault.ts';

const mebibyte = Buffer.alloc(1024 * 1024);

/** Writes until nothing more goes in. */
const fill = (file: string): void => {
  const handle = openSync(file, 'w');
  try {
    for (;;) writeSync(handle, mebibyte);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(handle);
  }
};

const fillerIn = (dataFolder: string) => path.join(dataFolder, 'filler');

const full: Fault = {
  name: 'the disk of postgres and nats is full',
  holdMs: 5_000,
  skip: ({ hasSmallDisk }) => (hasSmallDisk ? undefined : 'no file system can be mounted here'),
  break: ({ dataFolder }) => fill(fillerIn(dataFolder)),
  heal: async ({ graph, dataFolder }) => {
    rmSync(fillerIn(dataFolder), { force: true });
    // Either may have given up.
    await Promise.all([graph.restart('postgres'), graph.restart('nats')]);
  },
};

export const fullDisk: Kind = {
  title: 'Full',
  says: 'Postgres, the broker and the logs share a disk, and for five seconds none of them can write; then there is room again, and Postgres and the broker are started anew.',
  faults: [full],
};
