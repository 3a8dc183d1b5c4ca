import { existsSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sharedFolder } from './test-folder.ts';

const patience = 120_000;

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

const tryToLock = async (lock: string): Promise<boolean> => {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
};

/** Makes something once for all test processes of the run: the first that asks makes it, the others wait for it. */
export const oncePerRun = async <T>(name: string, make: () => Promise<T>): Promise<T> => {
  const folder = sharedFolder('made');
  const answer = path.join(folder, `${name}.json`);
  const lock = path.join(folder, `${name}.lock`);
  const deadline = Date.now() + patience;
  while (!existsSync(answer)) {
    if (await tryToLock(lock)) {
      try {
        if (!existsSync(answer)) {
          const made = await make();
          writeFileSync(`${answer}.partial`, JSON.stringify(made), { mode: 0o600 });
          renameSync(`${answer}.partial`, answer);
        }
      } finally {
        rmdirSync(lock);
      }
    } else if (Date.now() > deadline) {
      throw new Error(`${name} was not made within ${patience / 1000} s by the test that began to.`);
    } else {
      await delay(20);
    }
  }
  return JSON.parse(readFileSync(answer, 'utf8')) as T;
};
