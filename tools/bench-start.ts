/**
 * Prints how long `npm start` takes from the command to "Ready": cold (a fresh clone after `npm ci`, nothing built, no
 * data) and warm (the second start of the same clone). Clones the last commit into a temporary folder; needs its ports free.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const clone = mkdtempSync(path.join(tmpdir(), 'emporium-bench-'));
const run = (command: string, ...parameters: string[]) =>
  execFileSync(command, parameters, { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] });

/** Seconds until the stack says that it is ready; it is stopped again. */
const timeStart = async (): Promise<number> => {
  const began = performance.now();
  const stack = spawn(process.execPath, ['packages/local-stack/bin/start.mjs'], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => stack.once('exit', resolve));
  let said = '';
  const seconds = await new Promise<number>((resolve, reject) => {
    stack.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Ready in')) resolve((performance.now() - began) / 1000);
    });
    stack.once('exit', () => reject(new Error(`The stack did not start:\n${said}`)));
  });
  stack.kill('SIGINT');
  await ended;
  return seconds;
};

try {
  console.log('cloning, and npm ci …');
  run('git', 'clone', '--quiet', root, clone);
  run('npm', 'ci', '--silent', '--no-audit', '--no-fund');
  console.log(`npm start, cold: ${(await timeStart()).toFixed(1)} s`);
  console.log(`npm start, warm: ${(await timeStart()).toFixed(1)} s`);
  console.log(`(${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version})`);
} finally {
  rmSync(clone, { recursive: true, force: true });
}
