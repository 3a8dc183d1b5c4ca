import type { RequestFacts } from '@emporium/subgraph';
import { parseCookie, stringifySetCookie } from 'cookie';
import { accessTokenSeconds, refreshTokenSeconds, signInAttemptSeconds } from '../domain/lifetimes.ts';

const accessCookie = 'emporium_access';
const refreshCookie = 'emporium_refresh';
const signInCookie = 'emporium_sign_in';

/** A browser's way to hold a session: cookies that its scripts cannot read. */
export type SessionCookies = {
  /** The client asked for cookies with `x-emporium-session: cookie`. */
  readonly areWanted: boolean;
  readonly refreshToken: string | null;
  keep(session: { accessToken: string; refreshToken: string }): void;
  clear(): void;
  /** Clears them where the request came with them or asked for them. */
  leave(): void;
  /** What ties a sign-in with a provider to the browser that began it. */
  readonly signInBinding: string | null;
  keepSignInBinding(binding: string): void;
  clearSignInBinding(): void;
};

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/** `localhost`, `127.0.0.1`, `[::1]`, with or without a port. */
const isLoopback = (host: string | undefined): boolean =>
  host !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);

/** Only a gateway's requests come here, so these headers are its word for how the browser asked it. */
const isLoopbackWithoutTls = (headers: RequestFacts['headers']): boolean =>
  one(headers['x-forwarded-proto']) === 'http' && isLoopback(one(headers['x-forwarded-host']));

/** Reads the session's cookies, and writes them to the response of a query or mutation. */
export const readSessionCookies = (
  { headers, response }: RequestFacts,
  secureCookies: 'auto' | 'always',
): SessionCookies => {
  const secure = secureCookies === 'always' || !isLoopbackWithoutTls(headers);
  const set = (name: string, value: string, maxAge: number): void => {
    const cookie = stringifySetCookie({
      name,
      value,
      maxAge,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
    });
    response?.appendHeader('set-cookie', cookie);
  };
  const areWanted = one(headers['x-emporium-session']) === 'cookie';
  const cookies = parseCookie(one(headers.cookie) ?? '');
  const refreshToken = cookies[refreshCookie] ?? null;
  const clear = () => {
    set(accessCookie, '', 0);
    set(refreshCookie, '', 0);
  };
  return {
    areWanted,
    refreshToken,
    keep: ({ accessToken, refreshToken }) => {
      set(accessCookie, accessToken, accessTokenSeconds);
      set(refreshCookie, refreshToken, refreshTokenSeconds);
    },
    clear,
    leave: () => {
      if (refreshToken !== null || areWanted) clear();
    },
    signInBinding: cookies[signInCookie] ?? null,
    keepSignInBinding: (binding) => set(signInCookie, binding, signInAttemptSeconds),
    clearSignInBinding: () => set(signInCookie, '', 0),
  };
};
