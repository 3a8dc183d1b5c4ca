import type { Logger } from 'pino';
import { Pool } from 'undici';
import { z } from 'zod';
import { isUnreached } from '../is-unreached.ts';

export type PayPalClientOptions = {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly logger: Logger;
  readonly timeoutMs: number;
};

/** The body is read as JSON, and is null where there is none. */
export type PayPalAnswer = { readonly status: number; readonly body: unknown };

export type PayPalClient = {
  /** UNREACHED: nothing was sent. Null: no answer, or one that cannot be read. `key` is the request's `PayPal-Request-Id`. */
  ask(
    method: 'GET' | 'POST',
    path: string,
    request?: { readonly key: string; readonly body: object },
  ): Promise<PayPalAnswer | 'UNREACHED' | null>;
  close(): Promise<void>;
};

const connections = 64;
/** A token is given up a little before it ends, so that none ends on its way. */
const spareSeconds = 60;

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** PayPal's API over HTTP, with an access token that is kept until it ends. Nothing is repeated behind our back, but what a token that ended was refused for. */
export const createPayPalClient = (options: PayPalClientOptions): PayPalClient => {
  const { url, clientId, clientSecret, logger, timeoutMs } = options;
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, { connections });
  let token: { readonly text: string; readonly until: number } | null = null;
  let asking: Promise<string> | null = null;

  const send = async (
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body: string | null,
  ): Promise<PayPalAnswer> => {
    const { statusCode: status, body: answer } = await pool.request({
      ...{ method, path: `${base}${path}`, headers, body },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    return { status, body: status < 500 && text ? JSON.parse(text) : null };
  };
  const grant = async (): Promise<string> => {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const headers = {
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const since = performance.now();
    const { status, body } = await send(
      'POST',
      '/v1/oauth2/token',
      headers,
      'grant_type=client_credentials',
    );
    const read = granted.safeParse(body);
    if (status !== 200 || !read.success) throw new Error(`PayPal gives no access token: ${status}`);
    const { access_token: text, expires_in } = read.data;
    token = { text, until: since + (expires_in - spareSeconds) * 1000 };
    return text;
  };
  /** However many need one, it is asked for once. */
  const tokenNow = (): Promise<string> => {
    if (token && performance.now() < token.until) return Promise.resolve(token.text);
    asking ??= grant().finally(() => {
      asking = null;
    });
    return asking;
  };

  return {
    ask: async (method, path, request) => {
      const body = request ? JSON.stringify(request.body) : null;
      const attempt = async () => {
        const authorization = `Bearer ${await tokenNow()}`;
        const changing = request && {
          ...{ 'content-type': 'application/json', prefer: 'return=representation' },
          'paypal-request-id': request.key,
        };
        return send(method, path, { authorization, ...changing }, body);
      };
      try {
        const answer = await attempt();
        if (answer.status !== 401) return answer;
        token = null;
        return await attempt();
      } catch (error) {
        logger.warn({ err: error, method, path }, 'PayPal gave no answer');
        return isUnreached(error) ? 'UNREACHED' : null;
      }
    },
    close: () => pool.close(),
  };
};
