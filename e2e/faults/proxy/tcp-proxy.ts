/** Stands between two parts of the shop, and cuts or slows what they say to each other. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How the network is: open, dead (nothing passes and nobody is told), or slow by so many milliseconds each way. */
export type Network = 'open' | 'cut' | { readonly slowMs: number };

export type TcpProxy = {
  readonly port: number;
  /** From now on. What was cut is closed when it opens again: its bytes are lost. */
  become(network: Network): void;
  /** Whether anybody has said anything over it, or tried to connect, since it last became what it is. */
  isMet(): boolean;
  close(): Promise<void>;
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });

/** Listens on a free loopback port and passes everything on to `target`. */
export const startTcpProxy = async (target: { host: string; port: number }): Promise<TcpProxy> => {
  let network: Network = 'open';
  let met = false;
  const open = new Set<Socket>();
  /** Those that lost bytes. */
  const broken = new Set<Socket>();

  const pass = (from: Socket, to: Socket) => {
    let last = Promise.resolve();
    from.on('data', (bytes) => {
      met = true;
      if (network === 'cut') {
        broken.add(from);
        return;
      }
      const waited = typeof network === 'object' ? delay(network.slowMs) : undefined;
      if (!waited) {
        last = last.then(() => void to.write(bytes));
        return;
      }
      last = last.then(() => waited).then(() => void to.write(bytes));
    });
    from.on('close', () => {
      open.delete(from);
      void last.then(() => to.destroy());
    });
    from.on('error', () => to.destroy());
    open.add(from);
  };
  const server = createServer((client) => {
    met = true;
    const upstream = connect(target);
    pass(client, upstream);
    pass(upstream, client);
  });
  const port = await listen(server);

  return {
    port,
    become: (next) => {
      network = next;
      met = false;
      if (next !== 'open') return;
      for (const socket of broken) socket.destroy();
      broken.clear();
    },
    isMet: () => met,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
