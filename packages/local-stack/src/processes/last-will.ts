import { spawn } from 'node:child_process';
import path from 'node:path';

const program = path.resolve(import.meta.dirname, '../../bin/last-will.mjs');

/** A will that is not needed any more is revoked; resolves when whoever would carry it out has ended. */
export type LastWill = { revoke(): Promise<void> };

/**
 * Has everything that is noted in `pidFolder` ended when this process is gone, even if it was killed: it holds the one end
 * of a pipe, which closes with it.
 */
export const leaveLastWill = (pidFolder: string): LastWill => {
  const executor = spawn(process.execPath, [program, pidFolder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => {
    executor.once('exit', () => resolve());
    executor.once('error', () => resolve());
  });
  executor.stdin.on('error', () => undefined);
  executor.unref();
  return {
    revoke: () => {
      // Whoever waits for it may have nothing else left to wait for.
      executor.ref();
      executor.stdin.end('revoked');
      return ended;
    },
  };
};
