import { setTimeout as pause } from 'node:timers/promises';
import type { RawAnswer, SubgraphTransport } from '../subgraph-transport.ts';
import { isUnconnected, saysAway } from './outage.ts';

type Options = {
  /** A fetch that failed later than this is not repeated: what its client would wait is spent. */
  readonly withinMs: number;
  /** How long to wait before the second attempt. */
  readonly pauseMs?: () => number;
};

/** Apart, so that what failed together does not come again together. */
const jitter = (): number => 10 + Math.random() * 40;

/**
 * Sends a fetch that may be repeated once more, when the first found nobody: the connection failed, or a status says so.
 * Such a connection is most often a kept-alive one that was closed under the request.
 */
export const withRetry = (
  transport: SubgraphTransport,
  { withinMs, pauseMs = jitter }: Options,
): SubgraphTransport => {
  const repeating = async (body: string, headers: Record<string, string>): Promise<RawAnswer> => {
    const startedAt = performance.now();
    const tooLate = (): boolean => performance.now() - startedAt > withinMs;
    try {
      const answer = await transport.post(body, headers, true);
      if (!saysAway(answer) || tooLate()) return answer;
    } catch (error) {
      if (!isUnconnected(error) || tooLate()) throw error;
    }
    await pause(pauseMs());
    return transport.post(body, headers, true);
  };
  return {
    ...transport,
    post: (body, headers, mayRepeat) =>
      mayRepeat ? repeating(body, headers) : transport.post(body, headers, false),
  };
};
