import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import { invalidToken, mutationOverGet, slowReader } from '../errors.ts';
import { requestIdOf } from '../http/request-id.ts';
import { type Route, sendRefusal } from '../http/send.ts';
import { atExpiry } from '../identity/at-expiry.ts';
import { callerOf, type Identification, type Identity } from '../identity/identify.ts';
import type { Mask } from '../mask-error.ts';
import { clientNameOf } from '../observation/client-name.ts';
import type { Propagation } from '../propagation/propagation.ts';
import type { AcceptedOperation, AcceptOperation } from './accept-operation.ts';
import { readStreamPayload } from './stream-payload.ts';

type Options = {
  readonly identification: Identification;
  readonly propagation: Propagation;
  readonly accept: AcceptOperation;
  readonly mask: Mask;
  readonly maxBodyBytes: number;
};

/** A comment keeps proxies from closing a stream that has nothing to say. */
const keepAliveMs = 12_000;

/** Whether a client wants its answer as server-sent events. */
export const wantsEvents = ({ headers }: IncomingMessage): boolean =>
  (headers.accept ?? '').split(',').some((range) => range.split(';')[0]?.trim() === 'text/event-stream');

type Subscribed = { readonly identity: Identity; end(reason: GraphQLError): void };

export type EventStreams = {
  readonly route: Route;
  /** Ends, with UNAUTHENTICATED, the subscriptions of those to whom this applies. */
  refuse(isRefused: (identity: Identity) => boolean): void;
  /** Ends all streams without completing them, so that their clients connect again. */
  stop(): void;
};

/**
 * Operations as server-sent events, one connection each: the distinct connections mode of graphql-sse's protocol.
 */
export const createEventStreams = (options: Options): EventStreams => {
  const { identification, propagation, accept, mask } = options;
  const open = new Set<ServerResponse>();
  const subscribed = new Set<Subscribed>();

  const begin = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const payload = await readStreamPayload(request, options.maxBodyBytes);
    const identity = await identification.identify(callerOf(request));
    const operation = await accept(payload, {
      viewer: identity.viewer,
      client: clientNameOf(request.headers),
      propagated: propagation.read(request.headers),
      requestId: requestIdOf(response),
      traceparent: request.headers.traceparent,
      status: 200,
    });
    if (operation.kind === 'request' && operation.isMutation && request.method === 'GET')
      throw mutationOverGet();
    open.add(response);
    response.once('close', () => open.delete(response));
    const stream = openStream(response);
    const told = (errors: readonly GraphQLError[]): FormattedExecutionResult => ({
      errors: errors.map((error) => mask(error.toJSON(), error)),
    });
    if (operation.kind === 'refused') await stream.next(told(operation.errors));
    else if (operation.kind === 'request') await stream.next(await operation.execute());
    else {
      const subscription = beginSubscription(operation, identity, response);
      subscribed.add(subscription);
      const reason = await subscription.follow(stream);
      subscribed.delete(subscription);
      if (reason) await stream.next(told([reason]));
    }
    stream.complete();
  };

  return {
    route: async (request, response) => {
      try {
        await begin(request, response);
      } catch (error) {
        if (response.headersSent || !sendRefusal(request, response, error)) throw error;
      }
    },
    refuse: (isRefused) => {
      for (const { identity, end } of [...subscribed]) if (isRefused(identity)) end(invalidToken());
    },
    stop: () => {
      for (const response of open) response.end();
    },
  };
};

type Subscription = Extract<AcceptedOperation, { kind: 'subscription' }>;
type Stream = ReturnType<typeof openStream>;

const beginSubscription = (operation: Subscription, identity: Identity, response: ServerResponse) => {
  let reason: GraphQLError | undefined;
  const results = operation.subscribe(() => {
    reason = slowReader();
  });
  const end = (because: GraphQLError): void => {
    reason = because;
    results.return?.();
  };
  const cancelExpiry = atExpiry(identity, () => end(invalidToken()));
  response.once('close', () => results.return?.());
  return {
    identity,
    end,
    /** Returns why it ended, when neither the client nor the stream itself did that. */
    follow: async (stream: Stream): Promise<GraphQLError | undefined> => {
      for await (const result of results) await stream.next(result);
      cancelExpiry();
      return reason;
    },
  };
};

const openStream = (response: ServerResponse) => {
  const closed = new AbortController();
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  response.write(':\n\n');
  const keepAlive = setInterval(() => response.write(':\n\n'), keepAliveMs);
  response.once('close', () => {
    clearInterval(keepAlive);
    closed.abort();
  });
  return {
    /** Waits for a client that does not keep up. */
    next: async (result: FormattedExecutionResult): Promise<void> => {
      if (closed.signal.aborted || response.writableEnded) return;
      if (response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`)) return;
      await once(response, 'drain', { signal: closed.signal }).catch(() => {});
    },
    complete: (): void => {
      if (!closed.signal.aborted && !response.writableEnded) response.end('event: complete\ndata:\n\n');
    },
  };
};
