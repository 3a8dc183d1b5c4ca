import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Instant } from '@emporium/domain';
import type { Counter } from 'prom-client';
import type { HearProvider } from '../../application/hear-provider.ts';
import type { NewsOutcome, ProviderNews } from '../../application/ports.ts';
import type { ProviderName } from '../../domain/provider.ts';
import type { PrismaClient } from '../generated/client.ts';

/** Why something is refused before it is kept as an event. UNVERIFIABLE: it could not be checked now, and may be sent again. */
export type WebhookRefusal = 'UNSIGNED' | 'STALE' | 'UNREADABLE' | 'UNVERIFIABLE';

/** The news in a signed body; `now` are seconds since 1970. */
export type ReadEvent = (
  body: Buffer,
  headers: IncomingHttpHeaders,
  now: number,
) => Promise<Omit<ProviderNews, 'digest'> | WebhookRefusal>;

export type ProviderWebhookOptions = {
  readonly provider: ProviderName;
  readonly read: ReadEvent;
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

/** Where a provider tells what happened. What is refused says why, and is counted and recorded; the provider tells it again later. */
export const createProviderWebhook = (options: ProviderWebhookOptions) => {
  const { provider, read, hear, prisma, now, counter } = options;
  const hearBody = async (body: Buffer, headers: IncomingHttpHeaders) => {
    const digest = createHash('sha256').update(body).digest('hex');
    const seconds = Date.parse(await now()) / 1000;
    const news = await read(body, headers, seconds);
    if (typeof news !== 'string') return hear({ ...news, digest });
    await keepRefusal(prisma, provider, news, digest);
    return news;
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return answer(response, 405, { code: 'METHOD_NOT_ALLOWED' });
    const body = await readBody(request);
    const outcome = body ? await hearBody(body, request.headers) : 'TOO_LARGE';
    counter.inc({ provider, outcome });
    if (fine.includes(outcome)) return answer(response, 200, { outcome });
    answer(response, statuses[outcome] ?? 422, { code: outcome });
  };
};

const statuses: Readonly<Record<string, number>> = {
  UNSIGNED: 400,
  STALE: 400,
  UNREADABLE: 400,
  TOO_LARGE: 413,
  UNVERIFIABLE: 503,
};

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
};

const keepRefusal = async (
  prisma: ProviderWebhookOptions['prisma'],
  provider: ProviderName,
  code: WebhookRefusal,
  digest: string,
): Promise<void> => {
  await prisma.$executeRaw`
    INSERT INTO refused_webhooks (provider, code, minute, last_digest)
    VALUES (${provider}, ${code}, date_trunc('minute', clock_timestamp()), ${digest})
    ON CONFLICT (provider, code, minute)
    DO UPDATE SET count = refused_webhooks.count + 1, last_digest = excluded.last_digest`;
};
