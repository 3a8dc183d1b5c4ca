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
/** Queries take milliseconds. Mutations may wait for a turn, as logins do, and many may be waiting. */
const connectionsFor = { queries: 64, mutations: 256 };

/**
 * Posts to one subgraph over kept-alive connections; a whole answer has `timeoutMs` to come. Redirects are not followed.
 * What may not be repeated has connections of its own: a storm of slow mutations is not to hold up queries.
 */
export const createSubgraphTransport = (
  url: string,
  timeoutMs: number,
  maxAnswerBytes: number,
): SubgraphTransport => {
  const { origin, pathname, search } = new URL(url);
  const open = (connections: number) =>
    new Pool(origin, {
      connections,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: connectTimeoutMs },
      maxResponseSize: maxAnswerBytes,
    });
  const queries = open(connectionsFor.queries);
  const mutations = open(connectionsFor.mutations);

  const deadlines = createDeadlines(timeoutMs);

  return {
    post: (body, headers, mayRepeat) =>
      exchange(
        mayRepeat ? queries : mutations,
        { path: pathname + search, method: 'POST', body, headers },
        deadlines,
      ),
    close: async () => {
      await Promise.all([queries.destroy(), mutations.destroy()]);
    },
  };
};
