import { access, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PictureStore } from './uploads.ts';

/** Ours alone make keys; one that could lead elsewhere is a bug. */
const isKey = (key: string): boolean => /^[a-z][a-z-]*\/[\w-]+(\.webp)?$/.test(key);

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Beside a file that did not come because it was too large. */
const largeOf = (file: string): string => `${file}.too-large`;

const exists = async (file: string): Promise<boolean> => {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
};

/** Pictures in a folder, for one service or several that share it. Uploads come to the service itself, at `uploadUrl`. */
export const folderStore = (
  folder: string,
  uploadUrl: (token: string) => string,
): PictureStore & {
  /** False when it was uploaded before: an invitation is good once. */
  accept(key: string, bytes: Uint8Array): Promise<boolean>;
  /** Whoever reads it hears so, until something that is not too large takes its place. */
  noteTooLarge(key: string): Promise<void>;
} => {
  const fileOf = async (key: string): Promise<string> => {
    if (!isKey(key)) throw new Error('not a key of this store');
    const file = path.join(folder, key);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    return file;
  };
  return {
    invite: async ({ token }) => ({ url: uploadUrl(token), fields: [] }),
    accept: async (key, bytes) => {
      const file = await fileOf(key);
      await rm(largeOf(file), { force: true });
      try {
        await writeFile(file, bytes, { flag: 'wx', mode: 0o600 });
        return true;
      } catch (error) {
        if (isCode(error, 'EEXIST')) return false;
        throw error;
      }
    },
    noteTooLarge: async (key) => writeFile(largeOf(await fileOf(key)), '', { mode: 0o600 }),
    read: async (key, atMost) => {
      try {
        const handle = await open(await fileOf(key));
        try {
          const { size } = await handle.stat();
          return size > atMost ? 'TOO_LARGE' : await readFile(handle);
        } finally {
          await handle.close();
        }
      } catch (error) {
        if (!isCode(error, 'ENOENT')) throw error;
        return (await exists(largeOf(await fileOf(key)))) ? 'TOO_LARGE' : null;
      }
    },
    write: async (key, bytes) => {
      const file = await fileOf(key);
      // Whole or not at all: nobody is shown half a picture.
      await writeFile(`${file}.part`, bytes, { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
    remove: async (key) => {
      const file = await fileOf(key);
      await rm(file, { force: true });
      await rm(largeOf(file), { force: true });
    },
  };
};
