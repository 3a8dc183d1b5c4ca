import { expect, it, vi } from 'vitest';
import type { RawAnswer, SubgraphTransport } from '../subgraph-transport.ts';
import { withRetry } from './with-retry.ts';

const answer = (status: number): RawAnswer => ({ status, contentType: '', body: '', setCookies: [] });
const failure = (code: string) => Object.assign(new Error(code), { code });

/** A transport on which these things happen, one per attempt. */
const transport = (...happens: (number | string)[]) => {
  const post = vi.fn(async (): Promise<RawAnswer> => {
    const next = happens.shift();
    if (typeof next === 'number') return answer(next);
    throw failure(String(next));
  });
  const plain: SubgraphTransport = { post, close: async () => {} };
  return { post, repeating: withRetry(plain, { withinMs: 1_000, pauseMs: () => 0 }) };
};

it.each(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET', 502, 503, 504])(
  'a fetch that finds %s is sent once more',
  async (first) => {
    const { post, repeating } = transport(first, 200);
    expect((await repeating.post('', {}, true)).status).toBe(200);
    expect(post).toHaveBeenCalledTimes(2);
  },
);

it('no fetch is sent a third time', async () => {
  const { post, repeating } = transport('ECONNREFUSED', 'ECONNREFUSED', 200);
  await expect(repeating.post('', {}, true)).rejects.toThrow('ECONNREFUSED');
  expect(post).toHaveBeenCalledTimes(2);
});

it.each(['ANSWER_TIMEOUT', 'UND_ERR_RES_EXCEEDED_MAX_SIZE', 500, 200])('%s is an end', async (first) => {
  const { post, repeating } = transport(first, 200);
  await repeating.post('', {}, true).catch(() => {});
  expect(post).toHaveBeenCalledTimes(1);
});

it('what may not be repeated is not', async () => {
  const { post, repeating } = transport('ECONNREFUSED', 200);
  await expect(repeating.post('', {}, false)).rejects.toThrow('ECONNREFUSED');
  expect(post).toHaveBeenCalledTimes(1);
});

it('what took too long to fail is not repeated', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(1_001);
  const { post, repeating } = transport(504, 200);
  expect((await repeating.post('', {}, true)).status).toBe(504);
  expect(post).toHaveBeenCalledTimes(1);
  now.mockRestore();
});
