import { chownSync, constants, existsSync } from 'node:fs';
import { copyFile, lstat, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { StackError } from '../stack-error.ts';

export type FileToCopy = { readonly from: string; readonly to: string; readonly bytes: number };

const asItsOwner = (place: string, { uid, gid }: { uid: number; gid: number }): void => {
  if (process.getuid?.() === 0) chownSync(place, uid, gid);
};

/** Makes the folders of `from` in `to`, and lists the files in them but those that `isLeftOut` names by their path in `from`. */
export const listFiles = async (
  from: string,
  to: string,
  isLeftOut: (relative: string) => boolean = () => false,
  relative = '',
): Promise<readonly FileToCopy[]> => {
  const place = path.join(from, relative);
  const found = await lstat(place);
  await mkdir(path.join(to, relative), { recursive: true, mode: found.mode });
  asItsOwner(path.join(to, relative), found);
  const files: FileToCopy[] = [];
  for (const entry of await readdir(place, { withFileTypes: true })) {
    const inside = path.join(relative, entry.name);
    if (isLeftOut(inside)) continue;
    if (entry.isSymbolicLink())
      throw new StackError(
        `${path.join(from, inside)} is a link. Run pg_basebackup instead, which follows it.`,
      );
    if (entry.isDirectory()) files.push(...(await listFiles(from, to, isLeftOut, inside)));
    else if (entry.isFile()) {
      const bytes = await lstat(path.join(from, inside)).then(
        ({ size }) => size,
        () => 0,
      );
      files.push({ from: path.join(from, inside), to: path.join(to, inside), bytes });
    }
  }
  return files;
};

const copy = async ({ from, to }: FileToCopy): Promise<void> => {
  const found = await lstat(from);
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  asItsOwner(to, found);
};

/** Copies them; where `mayGo`, without those that somebody has removed by then. */
export const copyFiles = async (
  files: readonly FileToCopy[],
  copied: (bytes: number) => void,
  { mayGo }: { readonly mayGo: boolean } = { mayGo: false },
): Promise<void> => {
  for (const file of files) {
    try {
      await copy(file);
    } catch (error) {
      if (!mayGo || existsSync(file.from)) throw error;
    }
    copied(file.bytes);
  }
};
