/**
 * Linux has a process that wakes take the processor from the one that woke it. With ten of them on a few processors, whoever
 * writes to another's socket stands still until that one has answered, and both find their caches used by somebody else. Under
 * its policy for batch work a woken process waits for its turn (ADR 123).
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findProgram, isExecutable } from './find-program.ts';

type Command = { readonly command: string; readonly args: readonly string[] };

/** `chrt`, of util-linux, where this machine lets us use it. */
const findChrt = (): string | undefined => {
  const chrt = findProgram('chrt');
  if (chrt === undefined) return undefined;
  return spawnSync(chrt, ['--batch', '0', 'true'], { stdio: 'ignore' }).status === 0 ? chrt : undefined;
};

let chrt: { readonly path: string | undefined } | undefined;

/** The same command under the policy for batch work, which its children inherit; as it is where that cannot be had, or there is no such program. */
export const asBatch = ({ command, args }: Command): Command => {
  const exists = path.isAbsolute(command) ? isExecutable(command) : findProgram(command) !== undefined;
  if (!exists) return { command, args };
  chrt ??= { path: findChrt() };
  return chrt.path === undefined
    ? { command, args }
    : { command: chrt.path, args: ['--batch', '0', command, ...args] };
};
