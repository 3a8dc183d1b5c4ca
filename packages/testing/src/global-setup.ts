/** vitest's global setup: a folder for the run's servers, which start when a test first asks, and all end with the run. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isOurs, readPidFiles, stopOrphans, writePidFile } from '@emporium/local-stack';
import type { TestProject } from 'vitest/node';

const prefix = 'emporium-test-';
const runnerFolder = (folder: string): string => path.join(folder, 'runner');

const remove = async (folder: string): Promise<void> => {
  await Promise.all(readdirSync(folder).map((server) => stopOrphans(path.join(folder, server, 'run'))));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};

/** What a run that was killed left behind. */
const removeAbandoned = async (): Promise<void> => {
  const folders = readdirSync(tmpdir())
    .filter((name) => name.startsWith(prefix))
    .map((name) => path.join(tmpdir(), name));
  const abandoned = folders.filter((folder) => {
    const [runner] = readPidFiles(runnerFolder(folder));
    return runner !== undefined && !isOurs(runner);
  });
  await Promise.all(abandoned.map(remove));
};

/** Called by vitest once, before all tests; what it returns is called after them. */
export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  await removeAbandoned();
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  writePidFile(runnerFolder(folder), { name: 'vitest', pid: process.pid, mark: 'vitest' });
  provide('emporiumTestFolder', folder);
  return () => remove(folder);
};
