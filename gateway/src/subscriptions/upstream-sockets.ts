import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { authorizationOf, type MintInternalToken } from '../identity/internal-tokens.ts';
import type { UpstreamEvent, UpstreamListener } from './upstream-feed.ts';

export type UpstreamSubscription = {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown>;
  /** Whose subscription it is, for traces and logs; one that several share is the first one's. */
  readonly origin: { readonly traceparent: string; readonly requestId: string };
  /** Mints the viewer's token; called for each beginning, so that it is fresh. */
  readonly viewerToken: () => ReturnType<MintInternalToken>;
};

type Options = {
  readonly url: string;
  /** The gateway's own token, which opens a socket. */
  readonly gatewayToken: () => ReturnType<MintInternalToken>;
  readonly sockets?: number;
  readonly idleMs?: number;
};

/** Subscriptions to one subgraph, spread over a few shared sockets. */
export type UpstreamSockets = {
  subscribe(subscription: UpstreamSubscription, listener: UpstreamListener): () => void;
  close(): Promise<void>;
};

const pingMs = 10_000;
const pongMs = 5_000;

/** A host that swallows packets must count as away, too. */
class ImpatientWebSocket extends WebSocket {
  constructor(url: string, protocols: string | string[]) {
    super(url, protocols, { handshakeTimeout: 3_000 });
  }
}

/** Opens sockets when they are needed and closes them when they have been idle. It never retries: feeds do, with care. */
export const createUpstreamSockets = (options: Options): UpstreamSockets => {
  const sockets = Array.from({ length: options.sockets ?? 4 }, () => createSocket(options));
  return {
    subscribe: (subscription, listener) => {
      const [quietest] = sockets.toSorted((a, b) => a.load() - b.load());
      if (!quietest) throw new Error('an upstream needs at least one socket');
      return quietest.subscribe(subscription, listener);
    },
    close: async () => {
      for (const socket of sockets) socket.close();
    },
  };
};

const createSocket = ({ url, gatewayToken, idleMs = 10_000 }: Options) => {
  const interruptions = new Set<() => void>();
  let overdue: NodeJS.Timeout | undefined;
  let open: WebSocket | undefined;
  const client: Client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: ImpatientWebSocket,
    connectionParams: async () => authorizationOf(await gatewayToken()),
    connectionAckWaitTimeout: 5_000,
    lazyCloseTimeout: idleMs,
    keepAlive: pingMs,
    retryAttempts: 0,
    on: {
      opened: (socket) => {
        open = socket as WebSocket;
      },
      ping: (received) => {
        if (!received) overdue = setTimeout(() => client.terminate(), pongMs);
      },
      pong: (received) => {
        if (received) clearTimeout(overdue);
      },
      // Said here and not left to the client, which on a normal closure would silently subscribe again from the beginning.
      closed: () => {
        clearTimeout(overdue);
        open = undefined;
        for (const interrupt of [...interruptions]) interrupt();
      },
    },
  });

  const subscribe = (subscription: UpstreamSubscription, listener: UpstreamListener): (() => void) => {
    let active = true;
    let dispose = (): void => {};
    const finish = (tell: () => void): void => {
      if (!active) return;
      active = false;
      interruptions.delete(interrupt);
      dispose();
      tell();
    };
    const interrupt = (): void => finish(() => listener.interrupted());
    interruptions.add(interrupt);

    const { query, operationName, variables, origin, viewerToken } = subscription;
    const begin = async (): Promise<void> => {
      const viewer = await viewerToken();
      if (!active) return;
      dispose = client.subscribe(
        {
          query,
          variables,
          operationName: operationName ?? null,
          extensions: { ...origin, ...(viewer === null ? {} : { viewer }) },
        },
        {
          next: (event) => {
            if (active) listener.event(event as UpstreamEvent);
          },
          error: (error) =>
            finish(() => (isRefusal(error) ? listener.refused(error) : listener.interrupted())),
          complete: () => finish(() => listener.completed()),
        },
      );
    };
    begin().catch(interrupt);
    return () => finish(() => {});
  };

  return {
    subscribe,
    load: (): number => interruptions.size,
    close: (): void => {
      clearTimeout(overdue);
      open?.close(1000, 'The gateway stops');
    },
  };
};

const isRefusal = (error: unknown): error is Parameters<UpstreamListener['refused']>[0] =>
  Array.isArray(error);
