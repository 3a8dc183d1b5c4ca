import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { type FileWatch, watchFile } from './watch-file.ts';

let folder: string;
let watch: FileWatch | undefined;
const told: string[] = [];
const unreadable: unknown[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'watched-'));
  told.length = 0;
  unreadable.length = 0;
});
afterEach(async () => {
  watch?.stop();
  await rm(folder, { recursive: true });
});

const inFolder = (name: string): string => path.join(folder, name);
const start = (name: string, everyMs = 5): FileWatch => {
  watch = watchFile({
    path: inFolder(name),
    content: 'one',
    everyMs,
    onContent: async (content) => void told.push(content),
    onUnreadable: (error) => unreadable.push(error),
  });
  return watch;
};

/** Whole at once: a busy machine may take longer between the opening and the writing of a file than between two looks. */
const replace = async (name: string, content: string): Promise<void> => {
  await writeFile(inFolder('other'), content);
  await rename(inFolder('other'), inFolder(name));
};

it('tells of each new content once', async () => {
  await writeFile(inFolder('file'), 'one');
  start('file');
  await replace('file', 'two');
  await eventually(() => told).toEqual(['two']);
  await utimes(inFolder('file'), new Date(), new Date());
  await replace('file', 'three');
  await eventually(() => told).toEqual(['two', 'three']);
});

it('follows a symbolic link that is turned', async () => {
  for (const [version, content] of Object.entries({ a: 'one', b: 'two' })) {
    await mkdir(inFolder(version));
    await writeFile(inFolder(`${version}/file`), content);
  }
  await symlink('a', inFolder('data'));
  start('data/file');
  await symlink('b', inFolder('turned'));
  await rename(inFolder('turned'), inFolder('data'));
  await eventually(() => told).toEqual(['two']);
});

it('says once that the file is gone, and goes on looking', async () => {
  start('file');
  await eventually(() => unreadable).toHaveLength(1);
  await replace('file', 'two');
  await eventually(() => told).toEqual(['two']);
  expect(unreadable).toHaveLength(1);
});

it('looks when it is told to, even where it does not by itself', async () => {
  await writeFile(inFolder('file'), 'two');
  const { look } = start('file', 0);
  await look();
  await look();
  expect(told).toEqual(['two']);
});
