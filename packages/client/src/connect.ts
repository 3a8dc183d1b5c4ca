import { createClient, type Client as WebSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { post } from './post.ts';
import { type Credentials, signIn, signUp } from './sign-in.ts';
import { UnreachableError } from './unreachable-error.ts';

export type Variables = Readonly<Record<string, unknown>>;
export type AnswerError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: string };
};
export type Answer<Data> = {
  readonly data: Data | null;
  readonly errors: readonly AnswerError[];
  readonly status: number;
};

/** A client of the gateway, signed in or not. */
export type Client = {
  /** The viewer's access token; null when nobody is signed in. */
  readonly token: string | null;
  request<Data = Record<string, unknown>>(document: string, variables?: Variables): Promise<Answer<Data>>;
  /** Events as they arrive; ends when the gateway completes it or the loop is left. */
  subscribe<Data = Record<string, unknown>>(
    document: string,
    variables?: Variables,
  ): AsyncIterableIterator<Omit<Answer<Data>, 'status'>>;
  /** A client of its own for the account; throws SignInError. */
  signIn(email: string, password: string): Promise<Client>;
  signUp(email: string, password: string, name: string): Promise<Client>;
  /** A client of its own that sends this token. */
  withToken(token: string): Client;
  close(): Promise<void>;
};

/** A client of the GraphQL endpoint at `url`, such as `http://localhost:4000/graphql`. Connects when first used. */
export const connect = (url: string, token: string | null = null): Client => {
  let sockets: WebSocketClient | null = null;
  const socket = () => {
    sockets ??= createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      lazy: true,
      retryAttempts: 5,
      ...(token ? { connectionParams: { authorization: `Bearer ${token}` } } : {}),
    });
    return sockets;
  };
  const request = <Data>(document: string, variables: Variables = {}) =>
    post<Data>({ url, document, variables, token });
  const as = ({ accessToken }: Credentials) => connect(url, accessToken);
  return {
    token,
    request,
    subscribe: (document, variables = {}) => follow(socket().iterate({ query: document, variables }), url),
    signIn: async (email, password) => as(await signIn(request, email, password)),
    signUp: async (email, password, name) => as(await signUp(request, email, password, name)),
    withToken: (other) => connect(url, other),
    close: async () => {
      await sockets?.dispose();
    },
  };
};

type Event<Data> = Omit<Answer<Data>, 'status'>;

/** graphql-ws events in the shape of answers; errors that end a subscription arrive as its last answer. */
const follow = <Data>(
  events: AsyncIterableIterator<{ data?: unknown; errors?: unknown }>,
  url: string,
): AsyncIterableIterator<Event<Data>> => {
  let ended = false;
  const iterator: AsyncIterableIterator<Event<Data>> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => {
      if (ended) return { done: true, value: undefined };
      try {
        const { done, value } = await events.next();
        if (done) return { done: true, value: undefined };
        return {
          done: false,
          value: {
            data: (value.data ?? null) as Data | null,
            errors: (value.errors ?? []) as AnswerError[],
          },
        };
      } catch (error) {
        ended = true;
        if (Array.isArray(error))
          return { done: false, value: { data: null, errors: error as AnswerError[] } };
        throw error instanceof Error ? error : new UnreachableError(url, error);
      }
    },
    return: async () => {
      ended = true;
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
  return iterator;
};
