import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of this run of the tests, made and removed by the global setup. */
    emporiumTestFolder: string;
  }
}

/** Each folder in it has what one server needs; whatever is noted under its `run/` is stopped when the run ends. */
export const testFolder = (): string => {
  const folder = inject('emporiumTestFolder');
  if (!folder)
    throw new Error('Run vitest from the repository root: its configuration names the global setup.');
  return folder;
};

/** A fresh folder for one test: removed with the run, after what is noted under its `run/` was stopped. */
export const serverFolder = (name: string): string => mkdtempSync(path.join(testFolder(), `${name}-`));

/** A folder that all test files of the run share. */
export const sharedFolder = (name: string): string => {
  const folder = path.join(testFolder(), name);
  mkdirSync(folder, { recursive: true });
  return folder;
};
