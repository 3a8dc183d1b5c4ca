import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below all that a system gives to connections that go out: Linux begins at 32,768, others later. */
const range = [20_000, 32_768] as const;

/**
 * A loopback port that nobody listens on at this moment. A connection that goes out cannot take it before it is used, and others
 * who ask are hardly told the same.
 */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(...range);
    if (await isPortFree(port)) return port;
  }
};

/** Whether nobody listens on that loopback port. */
export const isPortFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
