import { setImmediate } from 'node:timers/promises';
import { currentCause, withCause } from '@emporium/messaging';
import { expect, it } from 'vitest';
import type { Ports, Transact } from '../application/ports.ts';
import { recordTogether } from './record-together.ts';

/** Transactions whose end the test awaits: what each had in it, and under which causes. */
const open = (underWay?: () => number) => {
  const transactions: string[][] = [];
  let words: string[] = [];
  const transact: Transact = async (work) => {
    words = [];
    transactions.push(words);
    return work({} as Ports);
  };
  const record = recordTogether(transact, underWay);
  const say = (subject: string, word = subject, work: () => Promise<void> = async () => undefined) =>
    withCause({ causationId: `cause of ${word}` }, () =>
      record(subject, async () => {
        words.push(word);
        expect(currentCause()).toEqual({ causationId: `cause of ${word}` });
        await work();
      }),
    );
  return { transactions, say };
};

it('records together what comes at one moment, and what comes while that is under way', async () => {
  const { transactions, say } = open();
  let during: Promise<unknown> | null = null;
  const meanwhile = async () => {
    during = Promise.all([say('4'), say('5')]);
  };
  await Promise.all([say('1'), say('2', '2', meanwhile), say('3')]);
  await during;
  await say('6');
  expect(transactions).toEqual([['1', '2', '3'], ['4', '5'], ['6']]);
});

it('never has the same subject twice in a transaction', async () => {
  const { transactions, say } = open();
  await Promise.all([say('1', 'a'), say('1', 'b'), say('2')]);
  expect(transactions).toEqual([['a', '2'], ['b']]);
});

it('records each by itself when they cannot be recorded together', async () => {
  const { transactions, say } = open();
  const guilty = () => Promise.reject(new RangeError('no'));
  const outcomes = await Promise.allSettled([say('1'), say('2', '2', guilty), say('3')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(transactions.map((words) => words.join())).toEqual(['1,2,3', '1', '2', '3']);
});

it('goes on after one alone failed', async () => {
  const { say } = open();
  await expect(say('1', '1', () => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
  await expect(say('2')).resolves.toBeUndefined();
});

it('waits for what was asked for together', async () => {
  const { transactions, say } = open(() => 2);
  const first = say('1');
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  expect(transactions).toEqual([]);
  await Promise.all([first, say('2')]);
  expect(transactions).toEqual([['1', '2']]);
});

it('does not wait for ever', async () => {
  const { transactions, say } = open(() => 2);
  await say('1');
  expect(transactions).toEqual([['1']]);
});
