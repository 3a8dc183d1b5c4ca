import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from './fault.ts';

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

/** What a small disk of the data folder's own holds. */
const mebibytes = 1536;

/** Makes the data folder a disk of its own, where that may be done; answers how to undo that, or nothing. */
export const mountSmallDisk = (dataFolder: string): (() => void) | undefined => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', dataFolder], {
      stdio: 'ignore',
    });
    return () => void execFileSync('umount', ['--lazy', dataFolder]);
  } catch {
    return undefined;
  }
};

const fillerIn = (dataFolder: string) => path.join(dataFolder, 'filler');

/** Postgres, the broker and the logs share a disk, and none of them can write any more. */
export const fullDisk: Fault = {
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
