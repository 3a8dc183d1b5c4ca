import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import { foreignOrigin } from '../errors.ts';
import type { AccessToken, VerifyAccessToken } from './access-token.ts';
import { clientAddress } from './client-address.ts';
import { type CookieNames, type Credentials, readCredentials } from './credentials.ts';
import type { Viewer } from './viewer.ts';

/** What is read of an HTTP request, or of a WebSocket's upgrade. */
export type Caller = { readonly headers: IncomingHttpHeaders; readonly peer: string | undefined };

export const callerOf = ({ headers, socket }: IncomingMessage): Caller => ({
  headers,
  peer: socket.remoteAddress,
});

export type Identity = {
  readonly viewer: Viewer;
  /** When the access token ends, in milliseconds since 1970; null without one. */
  readonly expiresAt: number | null;
  /** When the access token was issued, in milliseconds since 1970; null without one. */
  readonly issuedAt: number | null;
  readonly refreshCookie: string | null;
  readonly signInCookie: string | null;
};

type Options = {
  readonly verify: VerifyAccessToken;
  readonly cookies: CookieNames;
  /** Who sends it asks for a session in cookies. */
  readonly sessionHeader: string;
  readonly allowedOrigins: readonly string[];
  readonly trustedHops: number;
};

/**
 * Says who asks. No credentials: anonymous. A bearer token that is not valid is an error, since its client can act on it.
 * A cookie that is not valid is anonymous, since a browser sends it whether or not it can still be used, and must be able
 * to sign in again; but cookies from a page that is not on the allow list are refused, valid or not. So is such a page that
 * asks for cookies: it would sign its visitor in as somebody of its choice.
 */
export const createIdentify = ({
  verify,
  cookies,
  sessionHeader,
  allowedOrigins,
  trustedHops,
}: Options) => {
  /** A browser says no origin when a page only reads of its own: it says so in a header that no page can set. */
  const isOurPage = ({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean =>
    origin === undefined ? site === 'same-origin' : allowedOrigins.includes(origin);

  const credentialsOf = ({ headers }: Caller): Credentials => {
    const credentials = readCredentials(headers, cookies);
    const { origin } = headers;
    const needsOrigin = credentials.kind === 'cookie';
    const wantsCookies = headers[sessionHeader] !== undefined && origin !== undefined;
    if ((needsOrigin || wantsCookies) && !isOurPage(headers)) throw foreignOrigin();
    return credentials;
  };

  const addressOf = ({ headers, peer }: Caller): string => {
    const forwardedFor = headers['x-forwarded-for'];
    return clientAddress(
      Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
      peer,
      trustedHops,
    );
  };

  /** The same object for the same token from the same address: what is made for a viewer is found by it. */
  const viewers = new WeakMap<AccessToken, Viewer>();
  const viewerOf = (token: AccessToken | null, address: string): Viewer => {
    if (!token) return { id: null, roles: [], address };
    const known = viewers.get(token);
    if (known?.address === address) return known;
    const viewer = { id: token.subject, roles: token.roles, address, session: token.session };
    viewers.set(token, viewer);
    return viewer;
  };

  const identify = async (caller: Caller, given?: Credentials): Promise<Identity> => {
    const credentials = given ?? credentialsOf(caller);
    const token = await tokenOf(credentials, verify);
    return {
      viewer: viewerOf(token, addressOf(caller)),
      expiresAt: token?.expiresAt ?? null,
      issuedAt: token?.issuedAt ?? null,
      refreshCookie: credentials.kind === 'cookie' ? credentials.refresh : null,
      signInCookie: credentials.kind === 'cookie' ? credentials.signIn : null,
    };
  };

  return { identify, credentialsOf, addressOf };
};

export type Identification = ReturnType<typeof createIdentify>;

const tokenOf = (
  credentials: Credentials,
  verify: VerifyAccessToken,
): AccessToken | null | Promise<AccessToken | null> => {
  if (credentials.kind === 'bearer') return verify(credentials.token);
  if (credentials.kind === 'none' || credentials.access === null) return null;
  return tokenOrNobody(credentials.access, verify);
};

const tokenOrNobody = async (access: string, verify: VerifyAccessToken): Promise<AccessToken | null> => {
  try {
    return await verify(access);
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions.code === 'UNAUTHENTICATED') return null;
    throw error;
  }
};
