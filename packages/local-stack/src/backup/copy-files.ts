import { chownSync, constants } from 'node:fs';
import { copyFile, lstat, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';

export type FileToCopy = { readonly from: string; readonly to: string; readonly bytes: number };

/** Somebody else may remove what is about to be looked at. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

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

/** Copies them, but those that are gone by then. */
export const copyFiles = async (
  files: readonly FileToCopy[],
  copied: (bytes: number) => void,
): Promise<void> => {
  for (const { from, to, bytes } of files) {
    try {
      const found = await lstat(from);
      await copyFile(from, to, constants.COPYFILE_FICLONE);
      asItsOwner(to, found);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    copied(bytes);
  }
};
