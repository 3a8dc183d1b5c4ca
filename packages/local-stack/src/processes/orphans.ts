import { setTimeout as delay } from 'node:timers/promises';
import { isOurs, type PidEntry, readPidFiles, removePidFile } from './pid-file.ts';

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // it ended in the meantime
  }
};

const gone = async (entry: PidEntry, withinMs: number): Promise<boolean> => {
  const deadline = Date.now() + withinMs;
  while (isOurs(entry)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
};

/** SIGINT makes Postgres disconnect its clients and stop at once; the others understand it too. */
const end = async (entry: PidEntry): Promise<void> => {
  signal(entry.pid, 'SIGINT');
  if (await gone(entry, 5_000)) return;
  signal(entry.pid, 'SIGKILL');
  await gone(entry, 5_000);
};

/** Stops what a stack that was killed left running, and answers the names. */
export const stopOrphans = (pidFolder: string): Promise<string[]> =>
  endNoted(pidFolder, readPidFiles(pidFolder));

/** Ends these of what is noted, and forgets them; whoever has been noted by the same name since is let alone. */
export const endNoted = async (pidFolder: string, entries: readonly PidEntry[]): Promise<string[]> => {
  const orphans = entries.filter(isOurs);
  await Promise.all(orphans.map(end));
  const noted = new Map(readPidFiles(pidFolder).map(({ name, pid }) => [name, pid]));
  for (const { name, pid } of entries) if (noted.get(name) === pid) removePidFile(pidFolder, name);
  return orphans.map(({ name }) => name);
};
