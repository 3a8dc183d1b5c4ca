import { expect, it } from 'vitest';
import { waitForEnd } from './wait-for-end.ts';

const pending = { status: 'PENDING', nextAction: null };
const asked = { status: 'PENDING', nextAction: { url: 'https://bank.test' } };
const done = { status: 'DONE', nextAction: null };

it.each([
  ['has ended', done],
  ['waits for its owner', asked],
])('looks until it %s, and no longer', async (_what, last) => {
  const answers = [pending, pending, last, done];
  expect(await waitForEnd(async () => answers.shift() ?? null)).toBe(last);
  expect(answers.length).toBe(1);
});

it('does not wait for what is not there', async () => {
  expect(await waitForEnd(async () => null)).toBeNull();
});
