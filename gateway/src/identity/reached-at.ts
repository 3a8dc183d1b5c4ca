import type { IncomingHttpHeaders } from 'node:http';

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/**
 * The address under which the client reached us, for the subgraph that keeps sessions: it tells by them whether a cookie
 * may travel without TLS. What is not known for certain is left out.
 */
export const reachedAt = (
  headers: IncomingHttpHeaders,
  trustedHops: number,
): Readonly<Record<string, string>> => {
  const trusts = trustedHops > 0;
  const host = (trusts ? one(headers['x-forwarded-host']) : undefined) ?? headers.host;
  const forwarded = one(headers['x-forwarded-proto']);
  // We serve no TLS; but whoever says this header, though nobody is trusted to, may stand behind a proxy that does.
  const proto = trusts ? forwarded : forwarded === undefined ? 'http' : undefined;
  return {
    ...(host ? { 'x-forwarded-host': host } : {}),
    ...(proto ? { 'x-forwarded-proto': proto } : {}),
  };
};
