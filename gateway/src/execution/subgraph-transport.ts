import { errors, Pool } from 'undici';

/** A subgraph's answer as it came. Only `body` is of the subgraph's making; nothing here is for clients yet. */
export type RawAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly setCookies: readonly string[];
};

export type SubgraphTransport = {
  /** Throws when no whole answer came. A query whose kept-alive connection was closed under it is sent once more. */
  post(body: string, headers: Record<string, string>, mayRepeat: boolean): Promise<RawAnswer>;
  close(): Promise<void>;
};

const connectTimeoutMs = 3_000;

/** Posts to one subgraph over kept-alive connections. Redirects are not followed. */
export const createSubgraphTransport = (
  url: string,
  timeoutMs: number,
  maxAnswerBytes: number,
): SubgraphTransport => {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: 64,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: connectTimeoutMs },
    maxResponseSize: maxAnswerBytes,
  });

  const send = async (body: string, headers: Record<string, string>): Promise<RawAnswer> => {
    const answer = await pool.request({ path: pathname + search, method: 'POST', body, headers });
    const cookies = answer.headers['set-cookie'] ?? [];
    return {
      status: answer.statusCode,
      contentType: String(answer.headers['content-type'] ?? ''),
      body: await answer.body.text(),
      setCookies: typeof cookies === 'string' ? [cookies] : cookies,
    };
  };

  return {
    post: async (body, headers, mayRepeat) => {
      try {
        return await send(body, headers);
      } catch (error) {
        if (mayRepeat && wasClosed(error)) return send(body, headers);
        throw error;
      }
    },
    close: () => pool.destroy(),
  };
};

const wasClosed = (error: unknown): boolean =>
  error instanceof errors.SocketError ||
  (error instanceof Error && 'code' in error && error.code === 'ECONNRESET');
