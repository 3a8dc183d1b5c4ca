import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
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

it('tells of each new content once', async () => {
  await writeFile(inFolder('file'), 'one');
  start('file');
  await writeFile(inFolder('file'), 'two');
  await eventually(() => told).toEqual(['two']);
  await writeFile(inFolder('file'), 'two'); // touched
  await writeFile(inFolder('other'), 'three');
  await rename(inFolder('other'), inFolder('file'));
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
  await writeFile(inFolder('file'), 'two');
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
