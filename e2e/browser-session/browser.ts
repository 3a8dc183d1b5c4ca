/** What a page in a browser can send and see: cookies that it cannot read, and an Origin that it cannot choose. */
import { WebSocket } from 'ws';

type Result = { __typename?: string; code?: string; refreshToken?: string | null } | null;
export type Answer = {
  readonly status: number;
  readonly data?: Record<string, Result | boolean>;
  readonly errors?: { extensions: { code: string } }[];
  readonly setCookies: readonly string[];
};

/** A browser with its cookies, showing a page of `origin`; null is a client that says no origin. */
export const openBrowser = (gatewayUrl: string, origin: string | null = gatewayUrl) => {
  const jar = new Map<string, string>();
  const identifying = (from: string | null) => ({
    ...(from === null ? {} : { origin: from }),
    ...(jar.size > 0 ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
  });

  const keep = (setCookies: readonly string[]): void => {
    for (const setCookie of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
      if (/; Max-Age=0(;|$)/.test(setCookie)) jar.delete(name);
      else jar.set(name, value);
    }
  };

  return {
    /** Name to value, as the next request would send them. */
    cookies: () => Object.fromEntries(jar),

    ask: async (
      query: string,
      variables: Record<string, unknown> = {},
      { from = origin, headers = {} }: { from?: string | null; headers?: Record<string, string> } = {},
    ): Promise<Answer> => {
      const response = await fetch(`${gatewayUrl}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...identifying(from), ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const setCookies = response.headers.getSetCookie();
      keep(setCookies);
      return { status: response.status, ...((await response.json()) as object), setCookies };
    },

    /** The first result of an operation over WebSocket, or the status with which the upgrade was refused. */
    askOverWebSocket: (query: string, { from = origin }: { from?: string | null } = {}): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const url = `${gatewayUrl.replace('http', 'ws')}/graphql`;
        const socket = new WebSocket(url, 'graphql-transport-ws', { headers: identifying(from) });
        const send = (message: object) => socket.send(JSON.stringify(message));
        socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
        socket.on('error', reject);
        socket.on('open', () => send({ type: 'connection_init' }));
        socket.on('message', (text) => {
          const { type, payload } = JSON.parse(String(text)) as { type: string; payload?: unknown };
          if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query } });
          if (type !== 'next') return;
          resolve(payload);
          socket.close();
        });
      }),
  };
};
