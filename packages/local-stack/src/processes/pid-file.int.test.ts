import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { serverFolder } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { lastLines, startChild } from './child.ts';
import { findProgram } from './find-program.ts';
import { stopOrphans } from './orphans.ts';
import { isOurs, readPidFiles, writePidFile } from './pid-file.ts';

const chrt = findProgram('chrt');
const hasPolicy = chrt !== undefined && spawnSync(chrt, ['--batch', '0', 'true']).status === 0;

/** What Linux calls SCHED_BATCH. */
const batch = '3';
/** The 41st figure of `proc_pid_stat(5)`. */
const policyOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ')[38];

const newFolder = () => serverFolder('pids');
const sleeper = (folder: string, stubborn = false) =>
  startChild({
    name: 'sleeper',
    command: process.execPath,
    args: [
      '--eval',
      `${stubborn ? "process.on('SIGTERM', () => {});" : ''} console.log('up'); setInterval(() => {}, 1000)`,
      folder,
    ],
    logFile: path.join(folder, 'sleeper.log'),
    pidFolder: path.join(folder, 'run'),
    mark: folder,
  });

describe('a pid file', () => {
  it('does not take somebody else’s process with the same number for ours', async () => {
    const folder = newFolder();
    writePidFile(folder, { name: 'other', pid: process.pid, mark: '/a/folder/that/is/not/ours' });
    expect(await stopOrphans(folder)).toEqual([]);
    expect(readPidFiles(folder)).toEqual([]);
  });

  it('that was written halfway is passed over', () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'half.json'), '{"pid": 1');
    expect(readPidFiles(folder)).toEqual([]);
  });

  it('leads to what a killed stack left behind', async () => {
    const folder = newFolder();
    const child = await sleeper(folder);
    expect(await stopOrphans(path.join(folder, 'run'))).toEqual(['sleeper']);
    expect(await child.ended).toEqual({ code: null, signal: 'SIGINT' });
  });
});

describe('a child', () => {
  it('that does not stop when asked is stopped all the same', async () => {
    const folder = newFolder();
    const child = await sleeper(folder, true);
    while (lastLines(child.logFile) !== 'up') await new Promise((resolve) => setTimeout(resolve, 10));
    await child.stop(50);
    expect(await child.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(isOurs({ name: 'sleeper', pid: child.pid, mark: folder })).toBe(false);
  });

  it.skipIf(!hasPolicy)('waits for its turn when another wakes it', async () => {
    const child = await sleeper(newFolder());
    while (lastLines(child.logFile) !== 'up') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(policyOf(child.pid)).toBe(batch);
    await child.stop();
  });

  it('of which there is no program is an error', async () => {
    const folder = newFolder();
    const nothing = { name: 'nothing', command: path.join(folder, 'nothing'), args: [], mark: folder };
    const places = { logFile: path.join(folder, 'log'), pidFolder: folder };
    await expect(startChild({ ...nothing, ...places })).rejects.toThrow('ENOENT');
  });
});
