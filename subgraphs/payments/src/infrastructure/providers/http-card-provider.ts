import type { Money } from '@emporium/domain';
import type { Logger } from 'pino';
import { Pool } from 'undici';
import { z } from 'zod';
import type {
  CaptureOutcome,
  CardProvider,
  FoundCapture,
  SaveOutcome,
} from '../../application/card-provider.ts';
import { isUnreached } from './is-unreached.ts';

export type CardProviderOptions = {
  readonly url: string;
  readonly logger: Logger;
  /** How long the provider may take to move money. */
  readonly timeoutMs?: number;
};

export type HttpCardProvider = CardProvider & { close(): Promise<void> };

type Told = Exclude<CaptureOutcome, { type: 'UNREACHED' }>;

type Answer = { readonly status: number; readonly body: unknown };

const captured = z.object({ id: z.string().min(1), status: z.literal('CAPTURED') });
const declined = z.object({ status: z.literal('DECLINED') });
const asks = z.object({
  status: z.literal('ACTION_REQUIRED'),
  url: z.url({ protocol: /^https?$/ }).max(2000),
});
const authorised = z.object({ status: z.literal('AUTHORISED') });
const saved = z.object({
  id: z.string().min(1).max(500),
  status: z.literal('ACTIVE'),
  brand: z.string().min(1).max(50).nullish(),
  last4: z
    .string()
    .regex(/^\d{4}$/)
    .nullish(),
  expiryMonth: z.int().min(1).max(12).nullish(),
  expiryYear: z.int().min(1900).max(9999).nullish(),
});

/** Looking something up is quick, or there is no use in waiting. */
const lookUpTimeoutMs = 3000;
const connections = 64;

const headersOf = (key?: string, body?: object): Record<string, string> => ({
  ...(key === undefined ? {} : { 'idempotency-key': key }),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
});

const wire = ({ minor, currency }: Money) => ({ minor: minor.toString(), currency });

/**
 * The card provider over HTTP. Only a clear answer decides anything: whatever else happens (no answer in time, a broken
 * connection, a 5xx, something that cannot be read) is UNKNOWN.
 */
export const createHttpCardProvider = (options: CardProviderOptions): HttpCardProvider => {
  const { url, logger, timeoutMs = 8000 } = options;
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, { connections });

  const reach = async (
    method: 'GET' | 'POST',
    path: string,
    key?: string,
    body?: object,
  ): Promise<Answer | 'UNREACHED' | null> => {
    try {
      const { statusCode, body: answer } = await pool.request({
        method,
        path: `${base}${path}`,
        headers: headersOf(key, body),
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(method === 'GET' ? lookUpTimeoutMs : timeoutMs),
      });
      const text = await answer.text();
      return { status: statusCode, body: statusCode < 500 && text ? JSON.parse(text) : null };
    } catch (error) {
      logger.warn({ err: error, method, path }, 'the card provider gave no answer');
      return isUnreached(error) ? 'UNREACHED' : null;
    }
  };
  /** An answer, or none. */
  const ask = async (...asked: Parameters<typeof reach>): Promise<Answer | null> => {
    const answer = await reach(...asked);
    return answer === 'UNREACHED' ? null : answer;
  };
  const move = async (path: string, key: string, body: object): Promise<'DONE' | 'UNKNOWN'> => {
    const answer = await ask('POST', path, key, body);
    if (answer?.status === 200 || answer?.status === 201) return 'DONE';
    if (answer)
      logger.error({ status: answer.status, path, key }, 'the card provider did not do as it was asked');
    return 'UNKNOWN';
  };

  return {
    capture: async ({ key, amount, token, reference }) => {
      const answer = await reach('POST', '/v1/captures', key, { amount: wire(amount), token, reference });
      return answer === 'UNREACHED' ? { type: 'UNREACHED' } : readCapture(answer);
    },
    findCapture: async ({ key }) => {
      const answer = await ask('GET', `/v1/captures?idempotencyKey=${encodeURIComponent(key)}`);
      return readFound(answer);
    },
    refund: ({ key, captureId, amount }) => move('/v1/refunds', key, { captureId, amount: wire(amount) }),
    payout: ({ key, amount, reference }) => move('/v1/payouts', key, { amount: wire(amount), reference }),
    saveMethod: async ({ key, token }) =>
      readSaved(await ask('POST', '/v1/payment-methods', key, { token })),
    findMethod: async (key) => {
      const answer = await ask('GET', `/v1/payment-methods?idempotencyKey=${encodeURIComponent(key)}`);
      return answer?.status === 404 ? { type: 'NONE' } : readSaved(answer);
    },
    forgetMethod: ({ key, token }) => move('/v1/payment-method-removals', key, { id: token }),
    close: () => pool.close(),
  };
};

const readFound = (answer: Answer | null): FoundCapture => {
  if (answer?.status === 404) return { type: 'NONE' };
  if (answer?.status === 200 && authorised.safeParse(answer.body).success) return { type: 'AUTHORISED' };
  return readCapture(answer);
};

const readCapture = (answer: Answer | null): Told => {
  if (!answer) return { type: 'UNKNOWN' };
  const { status, body } = answer;
  const success = captured.safeParse(body);
  if ((status === 200 || status === 201) && success.success) {
    return { type: 'CAPTURED', captureId: success.data.id };
  }
  const owner = asks.safeParse(body);
  if ((status === 200 || status === 202) && owner.success) {
    return { type: 'ACTION_REQUIRED', action: { url: owner.data.url, clientSecret: null } };
  }
  if (status === 402 || (status === 200 && declined.safeParse(body).success)) {
    return { type: 'DECLINED', reason: 'CARD_DECLINED' };
  }
  // The provider understood, and will never do it: our request is wrong, not its answer.
  if (status === 400 || status === 422) return { type: 'DECLINED', reason: 'PROVIDER_ERROR' };
  return { type: 'UNKNOWN' };
};

const readSaved = (answer: Answer | null): SaveOutcome => {
  if (!answer) return { type: 'UNKNOWN' };
  const { status, body } = answer;
  const success = saved.safeParse(body);
  if ((status === 200 || status === 201) && success.success) {
    const { id: token, brand = null, last4 = null, expiryMonth: month, expiryYear: year } = success.data;
    const expiry = month && year ? { month, year } : null;
    return { type: 'SAVED', token, details: { brand, last4, expiry } };
  }
  const isNo = [400, 402, 422].includes(status) || (status === 200 && declined.safeParse(body).success);
  return { type: isNo ? 'DECLINED' : 'UNKNOWN' };
};
