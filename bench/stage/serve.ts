import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { readMessages } from './wire.ts';

/** A server that answers each request's body with JSON, and reads nothing else of it. */
export const serveJson = (answer: (body: string) => string): Server =>
  createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on(
      'data',
      readMessages((_head, body) => {
        const text = answer(body.toString());
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        );
      }),
    );
  });

/** Listens on a free port, and returns the address. */
export const listen = async (server: Server | HttpServer): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
