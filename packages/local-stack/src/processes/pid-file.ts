/** A pid file says which process is ours and how to know it again, since the system reuses numbers. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandLine, isAlive } from './process-identity.ts';

/** `mark` is a part of the command line that no other program has: our data folder's path, for example. */
export type PidEntry = { name: string; pid: number; mark: string };

const fileOf = (folder: string, name: string): string => path.join(folder, `${name}.json`);

/** Notes a started process in `folder`. */
export const writePidFile = (folder: string, entry: PidEntry): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(folder, entry.name), JSON.stringify(entry), { mode: 0o600 });
};

/** Forgets a process that has ended. */
export const removePidFile = (folder: string, name: string): void => {
  rmSync(fileOf(folder, name), { force: true });
};

const readEntry = (file: string): PidEntry | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PidEntry;
  } catch {
    return undefined; // written halfway when the machine went down
  }
};

/** Everything noted in `folder`, running or not. */
export const readPidFiles = (folder: string): PidEntry[] => {
  try {
    return readdirSync(folder)
      .map((file) => readEntry(path.join(folder, file)))
      .filter((entry) => entry !== undefined);
  } catch {
    return [];
  }
};

/** Whether the process that was noted still runs, and is not somebody else's with the same number. */
export const isOurs = ({ pid, mark }: PidEntry): boolean => isAlive(pid) && commandLine(pid).includes(mark);
