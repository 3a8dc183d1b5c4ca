import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pipeline, Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

export type SlowServer = { readonly port: number; stop(): Promise<void> };

/** Stands before a server on this machine, and passes on each of its answers late. */
export const startSlowServer = async (port: number, lateMs: number): Promise<SlowServer> => {
  const sockets = new Set<Socket>();
  const late = () =>
    new Transform({
      transform: (chunk, _encoding, done) => void pause(lateMs).then(() => done(null, chunk)),
    });
  const server = createServer((client) => {
    const behind = connect(port, '127.0.0.1');
    for (const socket of [client, behind]) sockets.add(socket);
    pipeline(client, behind, late(), client, () => {});
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
