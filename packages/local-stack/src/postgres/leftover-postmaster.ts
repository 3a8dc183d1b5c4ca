import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isOurs } from '../processes/pid-file.ts';

/** A Postgres that outlived a killed stack holds its data folder; its own lock file says which process it is. */
export const stopLeftoverPostmaster = async (dataFolder: string): Promise<void> => {
  const entry = { name: 'postgres', pid: leftoverPid(dataFolder), mark: dataFolder };
  if (!(entry.pid > 0 && isOurs(entry))) return;
  process.kill(entry.pid, 'SIGINT');
  while (isOurs(entry)) await delay(20);
};

const leftoverPid = (dataFolder: string): number => {
  try {
    return Number.parseInt(readFileSync(path.join(dataFolder, 'postmaster.pid'), 'utf8'), 10);
  } catch {
    return 0;
  }
};
