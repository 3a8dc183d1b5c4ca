import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@emporium/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isOurs, readPidFiles, writePidFile } from './pid-file.ts';

let folder: string;
let left: ChildProcess;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'emporium-last-will-'));
  left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', `--mark=${folder}`], {
    detached: true,
    stdio: 'ignore',
  });
  writePidFile(folder, { name: 'left', pid: left.pid ?? 0, mark: folder });
});
afterEach(() => {
  left.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A process that leaves a will, says so, and lives until it is killed or told to revoke it. */
const testator = () =>
  spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '-e',
      `import(${JSON.stringify(path.join(import.meta.dirname, 'last-will.ts'))}).then(({ leaveLastWill }) => {
        const will = leaveLastWill(${JSON.stringify(folder)});
        console.log('left');
        process.stdin.once('data', async () => { await will.revoke(); console.log('revoked'); });
      });`,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );

it('ends what a killed process left', async () => {
  const killed = testator();
  await once(killed.stdout, 'data');
  expect(readPidFiles(folder).filter(isOurs)).toHaveLength(1);
  killed.kill('SIGKILL');
  await eventually(() => !readPidFiles(folder).some(isOurs));
});

it('leaves alone what it was revoked for', async () => {
  const careful = testator();
  await once(careful.stdout, 'data');
  careful.stdin.write('go on');
  await once(careful.stdout, 'data');
  careful.kill('SIGKILL');
  await once(careful, 'exit');
  expect(readPidFiles(folder).filter(isOurs)).toHaveLength(1);
});
