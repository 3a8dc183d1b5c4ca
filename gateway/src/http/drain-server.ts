import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type ServerDrain = {
  /** From now on each response says that its connection ends with it. */
  announce(): void;
  /**
   * Takes no more connections, ends those on which nobody waits, and lets requests under way finish. After `withinMs`
   * what is left is cut, WebSockets too, which are otherwise left to whoever upgraded them.
   */
  close(withinMs: number): Promise<void>;
};

/** Node's own `close` waits for connections on which nothing was asked yet, as browsers open them. */
export const createServerDrain = (server: Server): ServerDrain => {
  /** How many requests are under way on each. */
  const connections = new Map<Socket, number>();
  const responses = new Set<ServerResponse>();
  let isAnnounced = false;
  let isClosing = false;

  const count = (socket: Socket, change: number): number => {
    const requests = (connections.get(socket) ?? 0) + change;
    if (connections.has(socket)) connections.set(socket, requests);
    return requests;
  };
  server.on('connection', (socket) => {
    connections.set(socket, 0);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('upgrade', ({ socket }) => count(socket, 1)); // for good
  server.on('request', ({ socket }, response) => {
    count(socket, 1);
    responses.add(response);
    if (isAnnounced) response.shouldKeepAlive = false;
    response.on('close', () => {
      responses.delete(response);
      if (count(socket, -1) === 0 && isClosing) socket.end();
    });
  });

  const announce = (): void => {
    isAnnounced = true;
    for (const response of responses) if (!response.headersSent) response.shouldKeepAlive = false;
  };

  return {
    announce,
    close: async (withinMs) => {
      announce();
      isClosing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      for (const [socket, requests] of connections) if (requests === 0) socket.end();
      const cut = setTimeout(() => {
        for (const socket of connections.keys()) socket.destroy();
      }, withinMs);
      await closed;
      clearTimeout(cut);
    },
  };
};
