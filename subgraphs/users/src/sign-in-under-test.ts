/** The subgraph beside a real OpenID provider, with people who walk through its pages: for integration tests. */
import { createLogger, type Viewer } from '@emporium/subgraph';
import { v7 as newId } from 'uuid';
import type { AttemptLimits } from './application/ports.ts';
import { openidProviders } from './infrastructure/sign-in/openid-providers.ts';
import type { ProviderSetting } from './infrastructure/sign-in/provider-settings.ts';
import { startUsersUnderTest } from './users-under-test.ts';

const redirectUri = 'https://shop.example.org/signed-in';
export const scopes = ['openid', 'email', 'profile'];

const session =
  '__typename ... on AuthSession { accessToken refreshToken returnTo user { id name email } } ... on AuthRefusal { code message }';
const identity =
  '__typename ... on LinkedIdentity { id provider { id name } } ... on IdentityRefusal { code message }';

export const beginMutation =
  'mutation ($provider: ID!, $returnTo: String) { beginSignIn(provider: $provider, returnTo: $returnTo) { authorizationUrl binding expiresAt } }';
export const completeMutation = `mutation ($input: CompleteSignInInput!) { completeSignIn(input: $input) { ${session} } }`;
export const linkMutation = `mutation ($input: CompleteSignInInput!) { linkIdentity(input: $input) { ${identity} } }`;
export const unlinkMutation = `mutation ($id: ID!) { unlinkIdentity(id: $id) { ${identity} } }`;

/** What came back to the app, and what is typed beside it. */
export type Returned = { code: string; state: string; iss?: string; binding?: string; totp?: string };

/** Somebody who has just proved who they are. */
export const viewerWithProof = (id: string): Partial<Viewer> => ({
  id,
  session: {
    id: newId(),
    authenticatedAt: Math.floor(Date.now() / 1000),
    methods: ['fed'],
    hasSecondFactor: false,
  },
});

type Asking = { as?: Partial<Viewer>; headers?: Record<string, string> };

const settingOf = (id: string, { issuer }: Provider): ProviderSetting => ({
  id,
  name: `The ${id}`,
  issuer: `${issuer}/`,
  clientId: 'emporium',
  clientSecret: 'secret',
  scopes,
});

/** A real OpenID provider, as far as it is walked through. */
type Provider = {
  readonly issuer: string;
  readonly people: Map<string, { email?: string; email_verified?: unknown; name?: string }>;
  logIn(authorizationUrl: string, subject: string): Promise<URL>;
  requests(path: string): number;
  beDown(down: boolean): void;
  stop(): Promise<void>;
};

/** What only tests may import, and so bring along. */
export type Ground = {
  testDatabase(name: 'users'): Promise<{ readonly url: string }>;
  testIdentityProvider(options: { redirectUri: string; claimsInIdToken?: boolean }): Promise<Provider>;
};

/** Two providers, `one` and `two`; only the second says everything in its ID token. */
export const startSignInUnderTest = async (
  { testDatabase, testIdentityProvider }: Ground,
  limits?: AttemptLimits,
) => {
  const [one, two] = await Promise.all([
    testIdentityProvider({ redirectUri }),
    testIdentityProvider({ redirectUri, claimsInIdToken: true }),
  ]);
  const providers = openidProviders({
    providers: [settingOf('one', one), settingOf('two', two)],
    redirectUri,
    returnOrigins: ['https://admin.example.org'],
    logger: createLogger('users', 'silent'),
  });
  const users = await startUsersUnderTest((await testDatabase('users')).url, {
    ...(limits ? { limits } : {}),
    providers,
  });
  const { ask } = users;

  const begin = async (provider = 'one', { returnTo, ...asking }: Asking & { returnTo?: string } = {}) => {
    const variables = { provider, ...(returnTo === undefined ? {} : { returnTo }) };
    return ask(beginMutation, { ...asking, variables });
  };

  /** Begins, logs in at the provider, and comes back; `tamper` changes the URL on the way there. */
  const visit = async (
    subject: string,
    {
      provider = 'one',
      tamper = (url) => url,
      ...asking
    }: Asking & { provider?: string; returnTo?: string; tamper?: (url: string) => string } = {},
  ): Promise<Required<Omit<Returned, 'totp'>>> => {
    const { data } = await begin(provider, asking);
    const { authorizationUrl, binding } = data.beginSignIn;
    const back = await (provider === 'one' ? one : two).logIn(tamper(authorizationUrl), subject);
    const { code = '', state = '', iss = '' } = Object.fromEntries(back.searchParams);
    return { code, state, iss, binding };
  };

  const complete = (input: Returned, asking: Asking = {}) =>
    ask(completeMutation, { ...asking, variables: { input } });
  const link = (id: string, input: Returned) =>
    ask(linkMutation, { as: viewerWithProof(id), variables: { input } });
  const unlink = (id: string, identityId: string) =>
    ask(unlinkMutation, { as: viewerWithProof(id), variables: { id: identityId } });

  /** Somebody whom the provider knows and whose address it vouches for. */
  const newcomer = (said: Record<string, unknown> = {}) => {
    const subject = newId();
    const person = { email: `${subject}@example.org`, email_verified: true, name: 'Ada', ...said };
    one.people.set(subject, person);
    two.people.set(subject, person);
    return { subject, email: person.email };
  };

  const verify = (id: string) =>
    users.prisma.user.update({ where: { id }, data: { emailVerifiedAt: new Date() } });

  return {
    ...users,
    one,
    two,
    begin,
    visit,
    complete,
    link,
    unlink,
    newcomer,
    verify,
    stop: async () => {
      await users.stop();
      await Promise.all([one.stop(), two.stop()]);
    },
  };
};

export type SignInUnderTest = Awaited<ReturnType<typeof startSignInUnderTest>>;
