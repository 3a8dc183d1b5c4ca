import { randomUUID } from 'node:crypto';
import { freePort } from '@emporium/local-stack';
import { eventually, type TestIdentityProvider, testIdentityProvider } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser-session/browser.ts';
import { ownGraph } from '../graph/own-graph.ts';

const redirectUri = 'https://shop.example.org/signed-in';
const port = await freePort();
const provider = { id: 'test', name: 'Test', clientId: 'emporium', clientSecret: 'secret' };
const graph = ownGraph({
  services: ['users', 'gateway'],
  extraEnv: {
    users: {
      OIDC_PROVIDERS: JSON.stringify([{ ...provider, issuer: `http://127.0.0.1:${port}` }]),
      OIDC_REDIRECT_URI: redirectUri,
      // Whoever registers here proves their address, as anywhere but in development.
      TRUSTED_EMAIL_DOMAINS: 'nowhere.test',
    },
  },
});
let identityProvider: TestIdentityProvider;
beforeAll(async () => {
  identityProvider = await testIdentityProvider({ redirectUri, port });
});
afterAll(() => identityProvider.stop());

const inCookies = { headers: { 'x-emporium-session': 'cookie' } };
const providers = '{ signInProviders { id name } }';
const beginning = `mutation ($returnTo: String) {
  beginSignIn(provider: "test", returnTo: $returnTo) { authorizationUrl binding }
}`;
const completing = `mutation ($input: CompleteSignInInput!) {
  completeSignIn(input: $input) {
    __typename ... on AuthSession { accessToken refreshToken returnTo user { name email } } ... on AuthRefusal { code }
  }
}`;
const linking = `mutation ($input: CompleteSignInInput!) {
  linkIdentity(input: $input) { __typename ... on LinkedIdentity { provider { name } } ... on IdentityRefusal { code } }
}`;
const registering = `mutation ($input: RegisterInput!) { register(input: $input) { __typename } }`;
const me = '{ me { name } }';

type Begun = { beginSignIn: { authorizationUrl: string; binding: string | null } };

/** Somebody whom the provider knows. */
const newcomer = (name = 'Ada') => {
  const subject = randomUUID();
  const email = `${subject}@emporium.test`;
  identityProvider.people.set(subject, { email, email_verified: true, name });
  return { subject, email };
};

/** Whether the provider says that it has verified their address. */
const vouchFor = (subject: string, isVerified: boolean): void => {
  const person = identityProvider.people.get(subject);
  identityProvider.people.set(subject, { ...person, email_verified: isVerified });
};

const parametersOf = async (authorizationUrl: string, subject: string) => {
  const { searchParams } = await identityProvider.logIn(authorizationUrl, subject);
  const { code, state, iss } = Object.fromEntries(searchParams);
  return { code, state, iss };
};

/** As an app would, which keeps no cookies. */
const ask = async (query: string, variables: object = {}, headers: Record<string, string> = {}) => {
  const response = await fetch(`${graph().gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for is what it knows the shape of.
  return (await response.json()) as { data: any; errors?: { extensions: { code: string } }[] };
};

describe('a browser', () => {
  it('signs somebody in whom it sent to the provider, and no other browser does', async () => {
    const { subject } = newcomer();
    const browser = openBrowser(graph().gatewayUrl);
    const begun = await browser.ask(beginning, { returnTo: '/cart' }, inCookies);
    const { authorizationUrl, binding } = (begun.data as unknown as Begun).beginSignIn;
    expect(binding).toBeNull();
    const input = await parametersOf(authorizationUrl, subject);

    const victim = openBrowser(graph().gatewayUrl);
    await victim.ask(beginning, {}, inCookies);
    const planted = await victim.ask(completing, { input }, inCookies);
    expect(planted.data).toMatchObject({ completeSignIn: { code: 'SIGN_IN_EXPIRED' } });

    const { data } = await browser.ask(completing, { input }, inCookies);
    expect(data).toMatchObject({
      completeSignIn: {
        refreshToken: null,
        returnTo: 'https://shop.example.org/cart',
        user: { name: 'Ada' },
      },
    });
    expect(Object.keys(browser.cookies()).toSorted()).toEqual(['emporium_access', 'emporium_refresh']);
    expect(await browser.ask(me)).toMatchObject({ data: { me: { name: 'Ada' } } });
  });

  it('links what its owner brings from the provider', async () => {
    const { subject, email } = newcomer('Elsewhere');
    const browser = openBrowser(graph().gatewayUrl);
    const input = { email, password: 'correct horse battery', name: 'Grace' };
    await browser.ask(registering, { input }, inCookies);

    vouchFor(subject, false);
    const refused = await ask(beginning);
    const { authorizationUrl, binding } = refused.data.beginSignIn;
    const returned = { ...(await parametersOf(authorizationUrl, subject)), binding };
    const unlinked = await ask(completing, { input: returned });
    expect(unlinked.data.completeSignIn).toEqual({ __typename: 'AuthRefusal', code: 'LINK_REQUIRED' });
    vouchFor(subject, true);

    const begun = (await browser.ask(beginning, {}, inCookies)).data as unknown as Begun;
    const parameters = await parametersOf(begun.beginSignIn.authorizationUrl, subject);
    const { data } = await browser.ask(linking, { input: parameters }, inCookies);
    expect(data).toMatchObject({ linkIdentity: { provider: { name: 'Test' } } });

    const again = await ask(beginning);
    const back = await parametersOf(again.data.beginSignIn.authorizationUrl, subject);
    const signedIn = await ask(completing, { input: { ...back, binding: again.data.beginSignIn.binding } });
    expect(signedIn.data.completeSignIn.user).toEqual({ name: 'Grace', email });
  });
});

describe('the owner of an address that a stranger registered', () => {
  it('has the account alone once the provider vouches for them', async () => {
    const { subject, email } = newcomer();
    const stranger = openBrowser(graph().gatewayUrl);
    const input = { email, password: 'correct horse battery', name: 'Eve' };
    await stranger.ask(registering, { input }, inCookies);
    expect(await stranger.ask(me)).toMatchObject({ data: { me: { name: 'Eve' } } });
    const { data: begun } = await ask(beginning);
    const { authorizationUrl, binding } = begun.beginSignIn;
    const returned = { ...(await parametersOf(authorizationUrl, subject)), binding };
    const { data } = await ask(completing, { input: returned });
    expect(data.completeSignIn.user).toEqual({ name: 'Ada', email });
    await eventually(async () => expect(await stranger.ask(me)).toMatchObject({ data: { me: null } }));
  });
});

describe('an app', () => {
  it('is told with whom one can sign in, and signs in by the binding that it kept', async () => {
    expect((await ask(providers)).data).toEqual({ signInProviders: [{ id: 'test', name: 'Test' }] });
    const { subject, email } = newcomer();
    const { data: begun } = await ask(beginning);
    const { authorizationUrl, binding } = begun.beginSignIn;
    const input = await parametersOf(authorizationUrl, subject);
    const without = await ask(completing, { input });
    expect(without.data.completeSignIn).toMatchObject({ code: 'SIGN_IN_EXPIRED' });
    const { data } = await ask(completing, { input: { ...input, binding } });
    expect(data.completeSignIn).toMatchObject({
      refreshToken: expect.any(String),
      user: { name: 'Ada', email },
    });
    const authorization = `Bearer ${data.completeSignIn.accessToken}`;
    expect((await ask(me, {}, { authorization })).data).toEqual({ me: { name: 'Ada' } });
  });

  it.each(['//evil.example', 'https://shop.example.org@evil.example', '/%2F%2Fevil.example'])(
    'cannot have people sent to %s',
    async (returnTo) => {
      const { errors } = await ask(beginning, { returnTo });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    },
  );

  it('is told when the provider is down, and begins again when it is back', async () => {
    const { subject } = newcomer();
    const { data: begun } = await ask(beginning);
    const { authorizationUrl, binding } = begun.beginSignIn;
    const input = { ...(await parametersOf(authorizationUrl, subject)), binding };
    identityProvider.beDown(true);
    const { errors } = await ask(completing, { input });
    identityProvider.beDown(false);
    expect(errors).toMatchObject([{ extensions: { code: 'IDENTITY_PROVIDER_UNAVAILABLE' } }]);
    const again = await ask(beginning);
    expect(again.data.beginSignIn.authorizationUrl).toContain(identityProvider.issuer);
  });
});
