import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below all that a system gives to connections that go out: Linux begins at 32,768, others later. */
const range = [20_000, 32_768] as const;

const mostTried = 200;

/**
 * A loopback port that nobody listens on at this moment. A connection that goes out cannot take it before it is used, and others
 * who ask are hardly told the same. Throws when it finds none.
 */
export const freePort = async (): Promise<number> => {
  for (let tried = 0; tried < mostTried; tried += 1) {
    const port = randomInt(...range);
    if (await isPortFree(port)) return port;
  }
  throw new Error(
    `none of ${mostTried} ports from ${range[0]} to ${range[1] - 1} can be listened on: may this process listen on loopback?`,
  );
};

/** Whether nobody listens on that loopback port. */
export const isPortFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
