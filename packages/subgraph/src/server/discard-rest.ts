import type { IncomingMessage } from 'node:http';

type Bounds = { readonly bytes: number; readonly ms: number };

/**
 * Reads and throws away what is left of a request, up to a bound: to close while bytes are unread resets the connection, and
 * whoever is still sending never sees the answer.
 */
export const discardRest = (request: IncomingMessage, { bytes, ms }: Bounds): Promise<void> =>
  new Promise((resolve) => {
    if (request.complete || request.destroyed) return resolve();
    let left = bytes;
    const done = () => {
      clearTimeout(timer);
      request.pause();
      resolve();
    };
    const timer = setTimeout(done, ms);
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) done();
    });
    for (const end of ['end', 'error', 'close']) request.once(end, done);
    request.resume();
  });
