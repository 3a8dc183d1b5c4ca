import { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readSessionCookies } from './session-cookies.ts';

const kept = (headers: Record<string, string>, secure: 'auto' | 'always' = 'auto') => {
  const response = new ServerResponse({
    method: 'POST',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
  } as never);
  const cookies = readSessionCookies({ headers, response }, secure);
  cookies.keep({ accessToken: 'access', refreshToken: 'refresh' });
  return response.getHeader('set-cookie');
};

const asked = (host: string) => ({ 'x-forwarded-host': host, 'x-forwarded-proto': 'http' });

describe("a session's cookies", () => {
  it('are out of reach of scripts and of other sites, for as long as the tokens live', () =>
    expect(kept({})).toEqual([
      'emporium_access=access; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax',
      'emporium_refresh=refresh; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]));

  it.each(['localhost', 'localhost:4000', '127.0.0.1:4000', '[::1]:4000'])(
    'may travel without TLS to %s',
    (host) => expect(kept(asked(host))).not.toContainEqual(expect.stringContaining('Secure')),
  );
  it.each(['shop.example.org', 'localhost.example.org', '127.0.0.1.example.org'])(
    'may not travel without TLS to %s',
    (host) => expect(kept(asked(host))).toContainEqual(expect.stringContaining('Secure')),
  );
  it.each(['https', 'http, https', undefined])('may not travel without TLS when it was %s', (proto) => {
    const headers = { 'x-forwarded-host': 'localhost', ...(proto ? { 'x-forwarded-proto': proto } : {}) };
    expect(kept(headers)).toContainEqual(expect.stringContaining('Secure'));
  });
  it('never travel without TLS where the configuration says so', () =>
    expect(kept(asked('localhost'), 'always')).toContainEqual(expect.stringContaining('Secure')));

  it('are read from the request, and wanted when it says so', () => {
    const headers = { cookie: 'a=b; emporium_refresh=r-_1', 'x-emporium-session': 'cookie' };
    const cookies = readSessionCookies({ headers, response: null }, 'auto');
    expect(cookies).toMatchObject({ refreshToken: 'r-_1', areWanted: true });
    expect(readSessionCookies({ headers: {}, response: null }, 'auto')).toMatchObject({
      refreshToken: null,
      areWanted: false,
    });
  });
});
