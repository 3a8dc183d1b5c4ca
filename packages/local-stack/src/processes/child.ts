/** A program that we started: its log goes to a file, its number to a pid file, its end is awaited. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { asBatch } from './batch-policy.ts';
import { removePidFile, writePidFile } from './pid-file.ts';

/** What to start, and where its traces go. */
export type ChildSpec = {
  name: string;
  command: string;
  args: readonly string[];
  /** All of its variables; ours, unless said. */
  env?: Record<string, string | undefined>;
  cwd?: string;
  uid?: number;
  gid?: number;
  logFile: string;
  pidFolder: string;
  /** A part of the command line by which the process is known again. */
  mark: string;
  /** The signal that asks it to stop; SIGTERM unless said. */
  stopSignal?: NodeJS.Signals;
};

/** How a process ended: by itself with a code, or by a signal. */
export type ChildEnd = { code: number | null; signal: NodeJS.Signals | null };

/** A running program. */
export type Child = {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the process has ended. */
  readonly ended: Promise<ChildEnd>;
  hasEnded(): boolean;
  kill(signal: NodeJS.Signals): void;
  /** Lets our own process end before this one does. */
  release(): void;
  /** Asks it to stop, insists after `graceMs`, and waits. */
  stop(graceMs?: number): Promise<void>;
};

const asNodeSpawns = (spec: ChildSpec, log: number): ChildProcess => {
  const { command, args } = asBatch(spec);
  return spawn(command, args, {
    env: spec.env ?? process.env,
    stdio: ['ignore', log, log],
    // A session of its own: Ctrl-C in the terminal reaches only us, and we stop everything in order.
    detached: true,
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
  });
};

const spawned = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });

/** Starts a program; rejects when there is no such program. */
export const startChild = async (spec: ChildSpec): Promise<Child> => {
  mkdirSync(path.dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a', 0o600);
  const child = asNodeSpawns(spec, log);
  closeSync(log);
  let isOver = false;
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('exit', (code, signal) => {
      isOver = true;
      removePidFile(spec.pidFolder, spec.name);
      resolve({ code, signal });
    });
  });
  const pid = await spawned(child);
  writePidFile(spec.pidFolder, { name: spec.name, pid, mark: spec.mark });
  return {
    name: spec.name,
    pid,
    logFile: spec.logFile,
    ended,
    hasEnded: () => isOver,
    kill: (signal) => {
      child.kill(signal);
    },
    release: () => child.unref(),
    stop: async (graceMs = 10_000) => {
      child.kill(spec.stopSignal ?? 'SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(insist);
    },
  };
};

/** The end of a process' log: what to show when it died. */
export const lastLines = (logFile: string, count = 8): string => {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
};
