import { asInstant } from '@emporium/domain';
import type { Logger } from 'pino';
import { request } from 'undici';
import { z } from 'zod';
import {
  type ProviderReport,
  type ReportedMovement,
  ReportFailed,
} from '../application/provider-report.ts';

/** Postgres keeps it as bigint. */
const minor = z.string().regex(/^[1-9]\d{0,17}$/);

const page = z.object({
  movements: z.array(
    z.object({
      id: z.string().min(1).max(200),
      kind: z.enum(['CAPTURE', 'REFUND', 'PAYOUT']),
      idempotencyKey: z.string().max(200).nullable(),
      amount: z.object({ minor, currency: z.string().regex(/^[A-Z]{3}$/) }),
      at: z.iso.datetime(),
    }),
  ),
  total: z.int().nonnegative(),
  next: z.string().nullable(),
});

const rowsPerPage = 1000;
const pageTimeoutMs = 10_000;
/** More is no page of so many rows. */
const mostBytes = 2_000_000;

export type HttpProviderReportOptions = { readonly url: string; readonly logger: Logger };

/** The card provider's report over HTTP. A page that does not come makes the report UNAVAILABLE, one that cannot be read INCONSISTENT. */
export const createHttpProviderReport = ({ url, logger }: HttpProviderReportOptions): ProviderReport => {
  const base = url.replace(/\/$/, '');
  return {
    provider: 'card',
    async *movements({ from, until }) {
      const asked = new Set<string>();
      let after: string | null = '';
      while (after !== null) {
        const query = new URLSearchParams({ from, until, limit: String(rowsPerPage), after });
        const read: z.output<typeof page> = await readPage(`${base}/v1/movements?${query}`, logger);
        yield { movements: read.movements.map(movementOf), total: read.total };
        // A report that comes back to where it was would never end.
        if (read.next !== null && asked.has(read.next)) throw new ReportFailed('INCONSISTENT');
        after = read.next;
        if (after !== null) asked.add(after);
      }
    },
  };
};

const readPage = async (url: string, logger: Logger): Promise<z.output<typeof page>> => {
  let text: string;
  try {
    const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(pageTimeoutMs) });
    text = await body.text();
    if (statusCode !== 200) throw new Error(`the card provider answered ${statusCode}`);
  } catch (error) {
    logger.warn({ err: error, url }, 'the card provider gave no report');
    throw new ReportFailed('UNAVAILABLE');
  }
  const read = text.length > mostBytes ? null : page.safeParse(parseJson(text));
  if (read?.success) return read.data;
  logger.error(
    { url, issues: read?.error.issues.slice(0, 3) },
    'the card provider’s report cannot be read',
  );
  throw new ReportFailed('INCONSISTENT');
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const movementOf = ({
  id,
  kind,
  idempotencyKey,
  amount,
  at,
}: z.output<typeof page>['movements'][number]): ReportedMovement => ({
  id,
  kind,
  key: idempotencyKey ?? '',
  amount: { minor: BigInt(amount.minor), currency: amount.currency },
  at: asInstant(at),
});
