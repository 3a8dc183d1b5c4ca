import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../stack-error.ts';
import type { Child } from './child.ts';
import { lastLines } from './child.ts';

/** Milliseconds until it is asked again: a twentieth of what it was waited for, so that waiting costs others little. */
const pauseAfter = (waitedMs: number): number => Math.min(Math.max(waitedMs / 20, 15), 250);

/** Asks again and again until `isReady`; an end of the process before that, or of the time, is an error with its log. */
export const waitUntilReady = async (
  child: Child,
  isReady: () => Promise<boolean>,
  withinMs: number,
): Promise<void> => {
  const begun = Date.now();
  while (!(await isReady())) {
    if (child.hasEnded()) throw notReady(child, 'stopped right after its start');
    if (Date.now() > begun + withinMs) throw notReady(child, `was not ready within ${withinMs / 1000} s`);
    await delay(pauseAfter(Date.now() - begun));
  }
};

const notReady = (child: Child, what: string): StackError =>
  new StackError(`${child.name} ${what}. The end of ${child.logFile}:\n${lastLines(child.logFile)}`);
