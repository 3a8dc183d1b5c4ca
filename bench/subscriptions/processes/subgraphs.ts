/**
 * Two subgraphs and the issuer of access tokens, in one process: orders, over graphql-transport-ws, and payments, which
 * completes them, over HTTP. They say only what the one operation asks of them, with as little work as that takes.
 */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen, serveJson } from '../../stage/serve.ts';
import { sharedNow } from '../clock.ts';

export type SubgraphsTold = {
  readonly addresses: { readonly orders: string; readonly payments: string; readonly keys: string };
};
export type SubgraphsAsked =
  | { readonly keys: string }
  /** Each order changes once, with a pause after each. */
  | { readonly change: readonly string[]; readonly pauseMs: number };

/** Sends one result to one subscriber. */
type Send = (payload: string) => void;

const sequences = new Map<string, number>();
const subscribers = new Map<string, Set<Send>>();

const changeOf = (id: string): string => {
  const sequence = sequences.get(id) ?? 0;
  const order = { __typename: 'Order', id, status: 'CONFIRMED' };
  const orderChanged = { sequence, sentAt: sharedNow(), order, gatewayPosition: sequence };
  return JSON.stringify({ data: { orderChanged } });
};

const change = (id: string): void => {
  sequences.set(id, (sequences.get(id) ?? 0) + 1);
  const payload = changeOf(id);
  for (const send of subscribers.get(id) ?? []) send(payload);
};

/** Begins with the present state, as a stream does that can be resumed. */
const subscribe = (id: string, send: Send): (() => void) => {
  const others = subscribers.get(id) ?? new Set();
  subscribers.set(id, others.add(send));
  send(changeOf(id));
  return () => others.delete(send);
};

const serveOrders = (): HttpServer => {
  const server = createHttpServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end('{"data":{"__typename":"Query"}}'),
  );
  new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' }).on(
    'connection',
    (socket) => {
      const leaves = new Map<string, () => void>();
      socket.on('message', (received) => {
        const { type, id, payload } = JSON.parse(String(received));
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
        else if (type === 'ping') socket.send('{"type":"pong"}');
        else if (type === 'subscribe')
          leaves.set(
            id,
            subscribe(payload.variables.id, (result) =>
              socket.send(`{"id":"${id}","type":"next","payload":${result}}`),
            ),
          );
        else if (type === 'complete') {
          leaves.get(id)?.();
          leaves.delete(id);
        }
      });
      socket.on('close', () => {
        for (const leave of leaves.values()) leave();
      });
    },
  );
  return server;
};

const payment = '{"payment":{"status":"CAPTURED","amount":"12.50","currency":"GBP"}}';
const answer = (body: string): string => {
  const representations = JSON.parse(body).variables?.representations as unknown[] | undefined;
  return representations
    ? `{"data":{"_entities":[${representations.map(() => payment).join(',')}]}}`
    : '{"data":{"__typename":"Query"}}';
};

let keys = '{"keys":[]}';
process.on('disconnect', () => process.exit());
process.on('message', async (asked: SubgraphsAsked) => {
  if ('keys' in asked) {
    keys = asked.keys;
    return;
  }
  for (const id of asked.change) {
    change(id);
    if (asked.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, asked.pauseMs));
  }
});

const addresses = {
  orders: `${await listen(serveOrders())}/graphql`,
  payments: `${await listen(serveJson(answer))}/graphql`,
  keys: await listen(createHttpServer((_request, response) => response.end(keys))),
};
process.send?.({ addresses } satisfies SubgraphsTold);
