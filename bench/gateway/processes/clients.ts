/** Clients that each send one request after the other over a connection of their own, with a token of their own. */
import { connect } from 'node:net';
import { readMessages } from '../../stage/wire.ts';
import { pageOf, randomPage } from '../graph/page.ts';

export type Load = {
  readonly port: number;
  /** One per client. */
  readonly tokens: readonly string[];
  readonly seconds: number;
  /** How many shelves are asked for; null for as many as there are. */
  readonly shelves: number | null;
};

export type Measured = {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  /** In milliseconds. */
  readonly p50: number;
  readonly p99: number;
};

const run = async ({ port, tokens, seconds, shelves }: Load): Promise<Measured> => {
  const latencies: number[] = [];
  let failed = 0;
  const nextPage = shelves === null ? randomPage : () => pageOf(Math.floor(Math.random() * shelves));
  const began = performance.now();
  const until = began + seconds * 1000;

  const client = (token: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const head = `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\nauthorization: Bearer ${token}\r\ncontent-length: `;
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      const send = (): void => {
        const body = nextPage();
        sentAt = performance.now();
        socket.write(`${head}${body.length}\r\n\r\n${body}`);
      };
      socket.on(
        'data',
        readMessages((answered, body) => {
          const now = performance.now();
          latencies.push(now - sentAt);
          if (!answered.startsWith('HTTP/1.1 200') || body.includes('"errors"')) failed += 1;
          if (now < until) send();
          else socket.end(resolve);
        }),
      );
      socket.once('error', reject);
      socket.once('connect', send);
    });

  await Promise.all(tokens.map(client));
  const took = (performance.now() - began) / 1000;
  const sorted = Float64Array.from(latencies).sort();
  const percentile = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? 0;
  return {
    requests: latencies.length,
    failed,
    seconds: took,
    p50: percentile(0.5),
    p99: percentile(0.99),
  };
};

process.on('disconnect', () => process.exit());
process.on('message', async (load: Load) => {
  const measured = await run(load).catch((error: unknown) => ({ error: String(error) }));
  process.send?.(measured);
});
