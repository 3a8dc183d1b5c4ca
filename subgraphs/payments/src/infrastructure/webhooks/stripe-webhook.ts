import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Instant } from '@emporium/domain';
import type { Counter } from 'prom-client';
import type { HearProvider } from '../../application/hear-provider.ts';
import type { NewsOutcome } from '../../application/ports.ts';
import type { PrismaClient } from '../generated/client.ts';
import { readStripeEvent, type WebhookRefusal } from './read-stripe-event.ts';

export type StripeWebhookOptions = {
  readonly secret: string;
  readonly hear: HearProvider;
  readonly prisma: Pick<PrismaClient, '$executeRaw'>;
  /** The database's time. */
  readonly now: () => Promise<Instant>;
  readonly counter: Counter<'provider' | 'outcome'>;
};

const mostBytes = 256 * 1024;
const fine: readonly string[] = ['LOOKED_UP', 'NOTHING_TO_DO', 'NOT_OURS'] satisfies NewsOutcome[];

/** The raw body, which is what was signed; null when it is too long. */
const readBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Where Stripe tells what happened. What is refused says why, and is counted and recorded; Stripe tells it again later. */
export const createStripeWebhook = ({ secret, hear, prisma, now, counter }: StripeWebhookOptions) => {
  const hearBody = async (body: Buffer, signature: string | undefined) => {
    const digest = createHash('sha256').update(body).digest('hex');
    const seconds = Date.parse(await now()) / 1000;
    const news = readStripeEvent(body, signature, secret, seconds);
    if (typeof news !== 'string') return hear({ ...news, digest });
    await keepRefusal(prisma, news, digest);
    return news;
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return answer(response, 405, { code: 'METHOD_NOT_ALLOWED' });
    const body = await readBody(request);
    const signature = request.headers['stripe-signature'];
    const outcome = body
      ? await hearBody(body, typeof signature === 'string' ? signature : undefined)
      : 'TOO_LARGE';
    counter.inc({ provider: 'stripe', outcome });
    if (fine.includes(outcome)) return answer(response, 200, { outcome });
    answer(response, statuses[outcome] ?? 422, { code: outcome });
  };
};

const statuses: Readonly<Record<string, number>> = {
  UNSIGNED: 400,
  STALE: 400,
  UNREADABLE: 400,
  TOO_LARGE: 413,
};

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
};

const keepRefusal = async (
  prisma: StripeWebhookOptions['prisma'],
  code: WebhookRefusal,
  digest: string,
): Promise<void> => {
  await prisma.$executeRaw`
    INSERT INTO refused_webhooks (provider, code, minute, last_digest)
    VALUES ('stripe', ${code}, date_trunc('minute', clock_timestamp()), ${digest})
    ON CONFLICT (provider, code, minute)
    DO UPDATE SET count = refused_webhooks.count + 1, last_digest = excluded.last_digest`;
};
