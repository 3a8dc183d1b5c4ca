import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newPrivateJwk } from '@emporium/local-stack';

/** What a provider says of a person, beside the subject that it knows them by. */
export type ClaimedPerson = {
  readonly email?: string;
  readonly email_verified?: unknown;
  readonly name?: string;
};

export type TestIdentityProviderOptions = {
  readonly redirectUri: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Whether the ID token says everything, or only who, and the rest is asked for. */
  readonly claimsInIdToken?: boolean;
};

const signingKey = () => ({ ...newPrivateJwk('P-256'), use: 'sig', alg: 'ES256' });

/** What a browser does at a provider's pages: follows redirections there, with its cookies. */
const openVisit = () => {
  const jar = new Map<string, string>();
  return async (url: string | URL, form?: Record<string, string>): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    return response;
  };
};

/**
 * A real OpenID provider on loopback. Whoever logs in is believed; what is said of them is what the test put into
 * `people`. Its clients are `emporium` with the secret `secret`, and `emporium-app` without one.
 */
export const testIdentityProvider = async (options: TestIdentityProviderOptions) => {
  // Only whoever needs a provider loads one.
  const { default: Provider } = await import('oidc-provider');
  const people = new Map<string, ClaimedPerson>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = {
    redirect_uris: [options.redirectUri],
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    id_token_signed_response_alg: 'ES256' as const,
  };
  const provider = new Provider(issuer, {
    clients: [
      { ...client, client_id: 'emporium', client_secret: 'secret' },
      { ...client, client_id: 'emporium-app', token_endpoint_auth_method: 'none' },
    ],
    clientBasedCORS: () => false,
    conformIdTokenClaims: !options.claimsInIdToken,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['of a test'] },
    jwks: { keys: [signingKey()] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    pkce: { methods: ['S256'], required: () => true },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...people.get(sub) }) as { sub: string },
    }),
  });
  let isDown = false;
  const paths: string[] = [];
  const handle = provider.callback();
  server.on('request', (request, response) => {
    paths.push(request.url ?? '');
    if (isDown) request.socket.destroy();
    else void handle(request, response);
  });

  return {
    issuer,
    people,

    /** What a person does whom an app sent here: logs in, consents, and is sent back; answers where to. */
    logIn: async (authorizationUrl: string, subject: string): Promise<URL> => {
      const visit = openVisit();
      let at = new URL(authorizationUrl);
      let response = await visit(at);
      for (let steps = 0; steps < 12; steps += 1) {
        const location = response.headers.get('location');
        if (location === null) {
          const page = await response.text();
          const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
          if (!prompt) throw new Error(`the provider answered ${response.status}: ${page.slice(0, 2_000)}`);
          response = await visit(at, { prompt, login: subject, password: 'any' });
          continue;
        }
        at = new URL(location, at);
        if (at.origin !== issuer) return at;
        response = await visit(at);
      }
      throw new Error('the provider never sent anybody back');
    },

    /** How often this path was asked for, answered or not. */
    requests: (path: string): number => paths.filter((each) => each === path).length,

    /** From now on nobody is answered, or everybody again. */
    beDown: (down: boolean): void => {
      isDown = down;
    },

    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export type TestIdentityProvider = Awaited<ReturnType<typeof testIdentityProvider>>;
