import { X509Certificate } from 'node:crypto';
import type { Logger } from 'pino';
import { request } from 'undici';
import { leafOf } from './paypal-leaf.ts';

export type CertificateOptions = {
  /** Where PayPal's API answers: its certificates come from there, and from nowhere else. */
  readonly apiUrl: string;
  readonly logger: Logger;
};

/** REFUSED: it is not PayPal's. UNAVAILABLE: nobody can say now. */
export type FoundCertificate = X509Certificate | 'REFUSED' | 'UNAVAILABLE';

/** The certificate that an event says it is signed with; `now` are seconds since 1970. */
export type FindCertificate = (url: string, now: number) => Promise<FoundCertificate>;

const pathOfAll = /^\/v1\/notifications\/certs\/[\w.-]{1,100}$/;
const timeoutMs = 3000;
const mostKept = 8;
const mostBytes = 64 * 1024;

/**
 * PayPal's certificates, kept by their address: TLS says that who answers there is PayPal. Anybody may name us an address, so that one
 * is fetched at a time.
 */
export const createFindCertificate = ({ apiUrl, logger }: CertificateOptions): FindCertificate => {
  const origins = originsOf(apiUrl);
  const kept = new Map<string, readonly X509Certificate[]>();
  let fetching: {
    readonly url: string;
    readonly chain: Promise<readonly X509Certificate[] | null>;
  } | null = null;

  const download = async (url: string): Promise<readonly X509Certificate[] | null> => {
    try {
      const chain = await fetchChain(url);
      kept.set(url, chain);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      return chain;
    } catch (error) {
      logger.warn({ err: error, url }, "PayPal's certificate could not be had");
      return null;
    } finally {
      fetching = null;
    }
  };
  const chainAt = (url: string): Promise<readonly X509Certificate[] | null> => {
    if (fetching && fetching.url !== url) return Promise.resolve(null);
    fetching ??= { url, chain: download(url) };
    return fetching.chain;
  };

  return async (text, now) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || !origins.includes(url.origin) || !pathOfAll.test(url.pathname) || url.search)
      return 'REFUSED';
    const chain = kept.get(url.href) ?? (await chainAt(url.href));
    if (!chain) return 'UNAVAILABLE';
    return leafOf(chain, now) ?? 'REFUSED';
  };
};

/** The API answers at `api-m`, the certificates are at `api`, of the same environment. */
const originsOf = (apiUrl: string): readonly string[] => {
  const { origin } = new URL(apiUrl);
  return [origin, origin.replace('//api-m.', '//api.')];
};

const fetchChain = async (url: string): Promise<readonly X509Certificate[]> => {
  const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(timeoutMs) });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('the answer is too long for a certificate');
    chunks.push(chunk);
  }
  if (statusCode !== 200) throw new Error(`the answer is ${statusCode}`);
  const text = Buffer.concat(chunks).toString('utf8');
  const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (pems.length === 0) throw new Error('the answer is no certificate');
  return pems.map((pem) => new X509Certificate(pem));
};
