import { BrokenCircuitError } from 'cockatiel';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AnswerTimeout } from '../deadlines.ts';
import type { RawAnswer } from '../subgraph-transport.ts';
import { type BreakerState, withBreaker } from './with-breaker.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const answer = (status: number): RawAnswer => ({ status, contentType: '', body: '', setCookies: [] });
const options = { failureRatio: 0.5, minFetches: 4, openMs: 2_000 };

/** A subgraph that can be told what to do. */
const subgraph = () => {
  const states: BreakerState[] = [];
  const post = vi.fn(async (): Promise<RawAnswer> => answer(200));
  const transport = withBreaker({ post, close: async () => {} }, options, (state) => states.push(state));
  const ask = () => transport.post('', {}, false).then(({ status }) => status);
  const fail = async (times: number) => {
    post.mockImplementation(async () => answer(503));
    for (let time = 0; time < times; time += 1) await ask();
  };
  return { post, ask, fail, states };
};

it('opens when most fetches fail, and asks no more', async () => {
  const { post, ask, fail, states } = subgraph();
  await fail(4);
  await expect(ask()).rejects.toThrow(BrokenCircuitError);
  expect(post).toHaveBeenCalledTimes(4);
  expect(states).toEqual(['open']);
});

it('opens for answers that do not come in time, too', async () => {
  const { post, ask, states } = subgraph();
  post.mockImplementation(async () => Promise.reject(new AnswerTimeout()));
  for (let time = 0; time < 4; time += 1) await expect(ask()).rejects.toThrow(AnswerTimeout);
  expect(states).toEqual(['open']);
});

it('stays closed while too few fail, or too few are asked at all', async () => {
  const { ask, fail, states } = subgraph();
  for (let time = 0; time < 8; time += 1) await ask();
  await fail(3);
  expect(states).toEqual([]);
});

it('opens after a quiet spell by what fails now, not by what went well before it', async () => {
  const { ask, fail, states } = subgraph();
  for (let time = 0; time < 20; time += 1) await ask();
  vi.advanceTimersByTime(300_000);
  await fail(4);
  expect(states).toEqual(['open']);
});

it('stays closed for failures that lie further back than its window', async () => {
  const { fail, states } = subgraph();
  await fail(3);
  vi.advanceTimersByTime(10_000);
  await fail(1);
  expect(states).toEqual([]);
});

it('stays closed for what is a matter of the question', async () => {
  const { post, ask, states } = subgraph();
  const tooLarge = Object.assign(new Error(), { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
  post.mockImplementation(async () => Promise.reject(tooLarge));
  for (let time = 0; time < 8; time += 1) await expect(ask()).rejects.toThrow(tooLarge);
  post.mockImplementation(async () => answer(500));
  for (let time = 0; time < 8; time += 1) await ask();
  expect(states).toEqual([]);
});

it('lets one fetch through after a while; the others do not wait for it', async () => {
  const { post, ask, fail, states } = subgraph();
  await fail(4);
  vi.advanceTimersByTime(options.openMs);
  let respond = (_answer: RawAnswer): void => {};
  post.mockImplementation(
    () =>
      new Promise((resolve) => {
        respond = resolve;
      }),
  );
  const probe = ask();
  await expect(ask()).rejects.toThrow(BrokenCircuitError);
  post.mockImplementation(async () => answer(200));
  respond(answer(200));
  expect(await probe).toBe(200);
  expect(await ask()).toBe(200);
  expect(states).toEqual(['open', 'half-open', 'closed']);
});

it('stays open when the one fetch fails', async () => {
  const { post, ask, fail, states } = subgraph();
  await fail(4);
  vi.advanceTimersByTime(options.openMs);
  await fail(1);
  await expect(ask()).rejects.toThrow(BrokenCircuitError);
  expect(post).toHaveBeenCalledTimes(5);
  expect(states).toEqual(['open', 'half-open', 'open']);
});
