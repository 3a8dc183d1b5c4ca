import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Whether there is such a file, and we may run it. */
export const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** The full path of a program on the PATH. */
export const findProgram = (name: string, searchPath = process.env.PATH ?? ''): string | undefined => {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return searchPath
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, name + suffix))
    .find(isExecutable);
};
