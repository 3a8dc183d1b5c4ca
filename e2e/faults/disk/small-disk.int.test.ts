import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDisk, sweepDisks } from './small-disk.ts';

let under: string;
beforeEach(() => {
  under = mkdtempSync(path.join(tmpdir(), 'emporium-disks-'));
});
afterEach(() => rmSync(under, { recursive: true, force: true }));

const mounts = (): readonly string[] =>
  existsSync('/proc/self/mounts')
    ? readFileSync('/proc/self/mounts', 'utf8')
        .split('\n')
        .filter((line) => line.includes(under))
    : [];

it('is removed, and with it what it held', () => {
  const { folder, remove } = openDisk(under);
  writeFileSync(path.join(folder, 'file'), 'text');
  remove();
  expect(existsSync(folder)).toBe(false);
  expect(mounts()).toEqual([]);
});

it('of a process that is gone is swept, and that of one that lives is not', () => {
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  const left = openDisk(under, gone);
  const own = openDisk(under);
  sweepDisks(under);
  expect([existsSync(left.folder), existsSync(own.folder)]).toEqual([false, true]);
  own.remove();
  expect(mounts()).toEqual([]);
});
