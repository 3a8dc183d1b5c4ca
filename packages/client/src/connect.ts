import { createClient, type Client as WebSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Client, Variables } from './client.ts';
import { type Credentials, fixedIdentity, type Identity, renewedIdentity } from './credentials.ts';
import { follow } from './follow.ts';
import { post } from './post.ts';
import { type Ask, renewSession, signIn, signUp } from './sign-in.ts';

/** A client of the GraphQL endpoint at `url`, such as `http://localhost:4000/graphql`. Connects when first used. */
export const connect = (url: string, token: string | null = null): Client =>
  clientOf(url, fixedIdentity(token));

/** A lost connection is made again; one that never was is reported at once. */
const socketOf = (url: string, identity: Identity): WebSocketClient => {
  let connected = false;
  return createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    lazy: true,
    retryAttempts: 5,
    shouldRetry: () => connected,
    on: {
      connected: () => {
        connected = true;
      },
    },
    connectionParams: async () => {
      const token = await identity.fresh();
      return token === null ? {} : { authorization: `Bearer ${token}` };
    },
  });
};

const clientOf = (url: string, identity: Identity): Client => {
  let socket: WebSocketClient | undefined;
  const askAsNobody: Ask = (document, variables) => post({ url, document, variables, token: null });
  const as = (credentials: Credentials) =>
    clientOf(
      url,
      renewedIdentity(credentials, (refreshToken) => renewSession(askAsNobody, refreshToken)),
    );

  return {
    get token() {
      return identity.present();
    },
    request: async (document: string, variables: Variables = {}) =>
      post({ url, document, variables, token: await identity.fresh() }),
    subscribe: (document, variables = {}) => {
      socket ??= socketOf(url, identity);
      return follow(socket.iterate({ query: document, variables }), url);
    },
    signIn: async (email, password) => as(await signIn(askAsNobody, email, password)),
    signUp: async (email, password, name) => as(await signUp(askAsNobody, email, password, name)),
    withToken: (token) => connect(url, token),
    close: async () => {
      await socket?.dispose();
    },
  };
};
