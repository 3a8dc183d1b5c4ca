/** The data folder of a run: a small disk of its own where one can be mounted, so that it can be full. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What it holds. */
const mebibytes = 1536;

const prefix = 'emporium-faults-';

/** Whose folder it is stands in its name. */
const ownerOf = (name: string): number | undefined => {
  const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
  return pid === undefined ? undefined : Number(pid);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const mount = (folder: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
};

const isMounted = (folder: string): boolean => {
  try {
    return readFileSync('/proc/self/mounts', 'utf8').includes(` ${folder} `);
  } catch {
    return false; // not Linux, where nothing was mounted
  }
};

const remove = (folder: string): void => {
  if (isMounted(folder)) execFileSync('umount', ['--lazy', folder]);
  rmSync(folder, { recursive: true, force: true });
};

/** Removes what runs have left that were killed. */
export const sweepDisks = (under = tmpdir()): void => {
  for (const name of readdirSync(under)) {
    const owner = ownerOf(name);
    if (owner !== undefined && !isAlive(owner)) remove(path.join(under, name));
  }
};

/** A folder of this process's, unless another's pid is said; `isSmall` where it is a disk of its own. */
export const openDisk = (
  under = tmpdir(),
  owner = process.pid,
): { readonly folder: string; readonly isSmall: boolean; remove(): void } => {
  const folder = mkdtempSync(path.join(under, `${prefix}${owner}-`));
  return { folder, isSmall: mount(folder), remove: () => remove(folder) };
};
