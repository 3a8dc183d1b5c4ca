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
export const stopOrphans = async (pidFolder: string): Promise<string[]> => {
  const entries = readPidFiles(pidFolder);
  const orphans = entries.filter(isOurs);
  await Promise.all(orphans.map(end));
  for (const { name } of entries) removePidFile(pidFolder, name);
  return orphans.map(({ name }) => name);
};
