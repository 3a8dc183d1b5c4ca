import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../stack-error.ts';
import type { Child } from './child.ts';
import { lastLines } from './child.ts';

/** Asks again and again until `isReady`; an end of the process before that, or of the time, is an error with its log. */
export const waitUntilReady = async (
  child: Child,
  isReady: () => Promise<boolean>,
  withinMs: number,
): Promise<void> => {
  const deadline = Date.now() + withinMs;
  while (!(await isReady())) {
    if (child.hasEnded()) throw notReady(child, 'stopped right after its start');
    if (Date.now() > deadline) throw notReady(child, `was not ready within ${withinMs / 1000} s`);
    await delay(15);
  }
};

const notReady = (child: Child, what: string): StackError =>
  new StackError(`${child.name} ${what}. The end of ${child.logFile}:\n${lastLines(child.logFile)}`);
