import { parseCookie } from 'cookie';

/** What a request offers as proof of who asks. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | ({ readonly kind: 'cookie' } & Cookies);

/** Cookies of ours, as far as they are there. `signIn` proves nothing but that this browser began to sign in. */
export type Cookies = Readonly<Record<'access' | 'refresh' | 'signIn', string | null>>;

export type CookieNames = Readonly<Record<keyof Cookies, string>>;

const otherScheme = /^\S+\s/;

/** A bearer token from an Authorization value; empty where it holds none, or something of another scheme. */
export const bearer = (authorization: string): Credentials => {
  const token = `${authorization.trim()} `.replace(/^Bearer\s+/i, '').trim();
  return { kind: 'bearer', token: otherScheme.test(token) ? '' : token };
};

/** An Authorization header wins, and then cookies are not looked at: a client that sends one is not a page with a session. */
export const readCredentials = (
  headers: { readonly authorization?: string | undefined; readonly cookie?: string | undefined },
  names: CookieNames,
): Credentials => {
  if (headers.authorization) return bearer(headers.authorization);
  const cookies = parseCookie(headers.cookie ?? '');
  const access = cookies[names.access] || null;
  const refresh = cookies[names.refresh] || null;
  const signIn = cookies[names.signIn] || null;
  const isNone = access === null && refresh === null && signIn === null;
  return isNone ? { kind: 'none' } : { kind: 'cookie', access, refresh, signIn };
};
