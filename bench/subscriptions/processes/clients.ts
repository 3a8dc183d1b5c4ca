/** All subscribers, each with a socket of its own, and as little around it as the protocol allows. */
import { WebSocket } from 'ws';
import { sharedNow } from '../clock.ts';

export type Subscriber = { readonly token: string; readonly order: string };

export type ClientsAsked =
  | { readonly connect: readonly Subscriber[]; readonly port: number }
  /** So many results, of all subscribers together, that came since last asked. */
  | { readonly collect: number }
  | 'disconnect';

export type ClientsTold =
  | { readonly connected: number }
  /** How long each took from its subgraph, in milliseconds. */
  | { readonly latencies: readonly number[] }
  | 'disconnected'
  | { readonly error: string };

type Result = {
  readonly errors?: unknown;
  readonly data?: {
    readonly orderChanged: {
      readonly sequence: number;
      readonly sentAt: number;
      readonly order: { readonly payment: { readonly status: string } | null };
    };
  };
};

const query =
  'subscription($id: ID!) { orderChanged(id: $id) { sequence sentAt order { id status payment { status amount currency } } } }';
const connectingAtOnce = 200;
const patienceMs = 60_000;

let sockets: WebSocket[] = [];
let latencies: number[] = [];
let failure: string | null = null;

/** Resolves when the subscriber has its first result; later ones are measured. */
const open = ({ token, order }: Subscriber, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    sockets.push(socket);
    let sequence: number | null = null;
    const fail = (why: string): void => {
      failure ??= why;
      reject(new Error(why));
    };
    const take = (text: string, result: Result): void => {
      const change = result.data?.orderChanged;
      if (!change?.order.payment) {
        fail(`not a whole result: ${text}`);
        return;
      }
      if (sequence === null) resolve();
      else {
        latencies.push(sharedNow() - change.sentAt);
        if (change.sequence !== sequence + 1) fail(`${change.sequence} came after ${sequence}`);
      }
      sequence = change.sequence;
    };
    socket.once('open', () =>
      socket.send(`{"type":"connection_init","payload":{"authorization":"Bearer ${token}"}}`),
    );
    socket.on('message', (received) => {
      const text = String(received);
      const { type, payload } = JSON.parse(text);
      if (type === 'next') take(text, payload);
      else if (type === 'connection_ack')
        socket.send(
          JSON.stringify({ type: 'subscribe', id: '1', payload: { query, variables: { id: order } } }),
        );
      else if (type !== 'ping') fail(`unexpected: ${text}`);
    });
    socket.once('error', ({ message }) => fail(message));
    socket.once('close', (code, reason) => {
      if (code !== 1000) fail(`closed with ${code} ${reason}`);
    });
  });

const connect = async (subscribers: readonly Subscriber[], port: number): Promise<void> => {
  const waiting = subscribers.values();
  const connecting = Array.from({ length: connectingAtOnce }, async () => {
    for (const subscriber of waiting) await open(subscriber, port);
  });
  await Promise.all(connecting);
};

const collect = async (count: number): Promise<readonly number[]> => {
  const until = Date.now() + patienceMs;
  while (latencies.length < count && !failure) {
    if (Date.now() > until) throw new Error(`${latencies.length} of ${count} results came`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (failure) throw new Error(failure);
  if (latencies.length > count) throw new Error(`${latencies.length} results came, not ${count}`);
  const collected = latencies;
  latencies = [];
  return collected;
};

const disconnect = async (): Promise<void> => {
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of sockets) socket.close(1000);
  await Promise.all(closed);
  sockets = [];
};

const act = async (asked: ClientsAsked): Promise<ClientsTold> => {
  if (asked === 'disconnect') {
    await disconnect();
    return 'disconnected';
  }
  if ('collect' in asked) return { latencies: await collect(asked.collect) };
  await connect(asked.connect, asked.port);
  return { connected: sockets.length };
};

process.on('disconnect', () => process.exit());
process.on('message', async (asked: ClientsAsked) => {
  const told = await act(asked).catch((error: unknown): ClientsTold => ({ error: String(error) }));
  process.send?.(told);
});
