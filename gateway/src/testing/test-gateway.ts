import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testKey } from '@emporium/testing';
import { createClient } from 'graphql-ws';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { loadConfig } from '../config.ts';
import { startGateway } from '../gateway.ts';
import type { FeedTiming } from '../subscriptions/upstream-feed.ts';
import { startTestSupergraph, type TestSupergraph } from './test-supergraph.ts';

const makeKey = (kid: string) => {
  const { secret, open } = testKey(kid);
  return { secret, jwks: { keys: [open] } };
};

/** JSON that a test looks into without saying its type first. */
type Loose = { readonly [key: string]: Loose };
export type Answer = {
  readonly data: Loose;
  readonly errors: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
};

export const allowedOrigin = 'https://shop.example';

const patient: Partial<FeedTiming> = { toBegin: 10_000, toReturn: 20_000, firstRetry: 5, lastRetry: 50 };

/** A gateway over the test supergraph, with an issuer of access tokens; everything on free ports, in this process. */
export const startTestGateway = async (
  env: Record<string, string> = {},
  {
    feedTiming = patient,
    before = async () => {},
  }: {
    feedTiming?: Partial<FeedTiming>;
    /** Done to the subgraphs before the gateway starts. */
    before?: (supergraph: TestSupergraph) => Promise<void>;
  } = {},
) => {
  vi.stubEnv('APOLLO_TELEMETRY_DISABLED', 'true');
  const [issuer, internal, forger] = [makeKey('users'), makeKey('gw'), makeKey('users')];
  const supergraph = await startTestSupergraph(internal.jwks);
  const keyServer = createServer((_request, response) => response.end(JSON.stringify(issuer.jwks)));
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
  const keysUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks`;

  const config = loadConfig({
    PORT: '0',
    USERS_JWKS_URL: keysUrl,
    INTERNAL_SIGNING_KEY: JSON.stringify(internal.secret),
    ALLOWED_ORIGINS: allowedOrigin,
    SET_COOKIE_FROM: 'accounts',
    ...env,
  });
  await before(supergraph);
  const logs: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void logs.push(line) });
  const gateway = await startGateway({
    config,
    supergraphSdl: supergraph.supergraphSdl,
    logger,
    feedTiming,
  });
  const url = `http://127.0.0.1:${gateway.port}`;
  const clients: { dispose(): void }[] = [];

  return {
    ...supergraph,
    url,
    logs,
    gateway,
    forger,
    /** An access token; `secret` and `expiresIn` make bad ones. */
    accessToken: (
      subject: string,
      { secret = issuer.secret, expiresIn = '10m', issuedAt = new Date() } = {},
    ) =>
      new SignJWT({ roles: ['BUYER'] })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'users' })
        .setIssuer('emporium-users')
        .setAudience('emporium')
        .setSubject(subject)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresIn)
        .sign(secret as never),
    /** What the issuer of access tokens publishes. */
    issuerKeys: issuer.jwks,
    /** A token of the issuer's that says just this. */
    accessTokenSaying: (claims: Record<string, unknown>) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: 'users' }).sign(issuer.secret as never),
    ask: async (query: string, headers: Record<string, string> = {}, variables: object = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Answer,
      };
    },
    connect: (connectionParams: Record<string, unknown> = {}, headers: Record<string, string> = {}) => {
      class WithHeaders extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers });
        }
      }
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WithHeaders,
        connectionParams,
        retryAttempts: 0,
      });
      clients.push(client);
      return client;
    },
    stop: async () => {
      for (const client of clients) client.dispose();
      await gateway.stop();
      await supergraph.stop();
      keyServer.closeAllConnections();
      await new Promise((resolve) => keyServer.close(resolve));
    },
  };
};

export type TestGateway = Awaited<ReturnType<typeof startTestGateway>>;
