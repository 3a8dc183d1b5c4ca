import { cpSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import type { Fault, Kind, Stage } from './fault.ts';

const storeOf = ({ dataFolder }: Stage) => path.join(dataFolder, 'nats', 'store');
const copyOf = ({ dataFolder }: Stage) => path.join(dataFolder, 'nats-store-of-before');

const wiped: Fault = {
  name: 'the store of nats is wiped',
  short: 'by itself',
  takesOrders: true,
  settleWithinS: 60,
  break: async (stage) => {
    await stage.graph.kill('nats');
    rmSync(storeOf(stage), { recursive: true, force: true });
  },
  heal: ({ graph }) => graph.restart('nats'),
};

const rolledBack: Fault = {
  name: 'the store of nats is an older copy',
  settleWithinS: 60,
  // The time between the copy and the loss, in which buyers buy.
  holdMs: 3_000,
  break: async (stage) => {
    await stage.graph.kill('nats', 'SIGTERM');
    cpSync(storeOf(stage), copyOf(stage), { recursive: true });
    await stage.graph.restart('nats');
  },
  heal: async (stage) => {
    await stage.graph.kill('nats');
    rmSync(storeOf(stage), { recursive: true });
    cpSync(copyOf(stage), storeOf(stage), { recursive: true });
    rmSync(copyOf(stage), { recursive: true });
    await stage.graph.restart('nats');
  },
};

const say = (...words: string[]): string =>
  [`*${words.length}`, ...words.flatMap((word) => [`$${Buffer.byteLength(word)}`, word]), ''].join('\r\n');

/** Empties a Redis, over a connection of its own. */
const flush = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, port, password } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    let heard = '';
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      heard += bytes.toString();
      if (heard.split('\r\n').length < 3) return;
      socket.destroy();
      if (heard === '+OK\r\n+OK\r\n') resolve();
      else reject(new Error(`Redis was not flushed: ${heard}`));
    });
    socket.write(say('AUTH', decodeURIComponent(password)) + say('FLUSHALL'));
  });

const flushed: Fault = {
  name: 'redis is flushed',
  break: ({ graph }) => flush(graph.parts.redis),
  heal: () => undefined,
};

export const lostStores: Kind = {
  title: 'Forgetful',
  says: 'A server comes back without what it knew: the broker with an empty store, or with one of three seconds before, and Redis empty. It is not given back: the shop goes on with what the server has left.',
  faults: [wiped, rolledBack, flushed],
};
