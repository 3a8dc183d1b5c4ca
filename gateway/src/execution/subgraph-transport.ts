import { Pool } from 'undici';
import { createDeadlines } from './deadlines.ts';
import { exchange, type RawAnswer } from './exchange.ts';

export type { RawAnswer } from './exchange.ts';

export type SubgraphTransport = {
  /** Throws when no whole answer came in time. What may be repeated may be sent more than once. */
  post(body: string, headers: Record<string, string>, mayRepeat: boolean): Promise<RawAnswer>;
  close(): Promise<void>;
};

const connectTimeoutMs = 3_000;

/** Posts to one subgraph over kept-alive connections; a whole answer has `timeoutMs` to come. Redirects are not followed. */
export const createSubgraphTransport = (
  url: string,
  timeoutMs: number,
  maxAnswerBytes: number,
): SubgraphTransport => {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: 64,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
    maxResponseSize: maxAnswerBytes,
  });

  const deadlines = createDeadlines(timeoutMs);

  const send = (body: string, headers: Record<string, string>): Promise<RawAnswer> =>
    exchange(pool, { path: pathname + search, method: 'POST', body, headers }, deadlines);

  return { post: send, close: () => pool.destroy() };
};
