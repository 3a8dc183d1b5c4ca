import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../logger.ts';
import { createHeartbeats } from './heartbeats.ts';

const heartbeatMs = 12_000;
/** Bytes that may wait for a client that does not read. Whatever it goes on asking for, be it to be echoed, is memory of ours. */
const mostWaiting = 8 * 1024 * 1024;

type Protocol<Connection extends { readonly socket: WebSocket }> = {
  /** Serves the protocol on an open socket, of which this is known. */
  open(connection: Connection): void;
  close(): Promise<void>;
};

/**
 * graphql-ws on sockets of ws. The library has a binding of its own, which keeps a subscription's message, its socket's request
 * and a timer for as long as they live.
 */
export const serveProtocol = <Connection extends { readonly socket: WebSocket }>(
  options: ServerOptions<Record<string, unknown>, Connection>,
  sockets: WebSocketServer,
  logger: Logger,
): Protocol<Connection> => {
  const server = makeServer(options);
  const heartbeats = createHeartbeats(heartbeatMs);
  sockets.options.handleProtocols = handleProtocols;

  const open = (connection: Connection): void => {
    const { socket } = connection;
    const fail = (error: unknown): void => {
      logger.error({ err: error }, 'a message over a socket failed');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    };
    // Frames that are none, or too large: ws closes the socket with the right code by itself.
    socket.on('error', (error) => logger.debug({ err: error }, 'a socket failed'));
    const forget = heartbeats.watch(socket);
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) resolve();
            else if (socket.bufferedAmount > mostWaiting) {
              socket.terminate(); // it would not read a polite closing either
              resolve();
            } else socket.send(data, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (act) => socket.on('message', (data) => void act(String(data)).catch(fail)),
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      forget();
      closed(code, String(reason)).catch(fail);
    });
  };

  return {
    open,
    close: async () => {
      heartbeats.stop();
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
};
