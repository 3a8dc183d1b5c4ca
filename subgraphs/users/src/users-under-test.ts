/** The whole subgraph on a real database, asked over HTTP as the gateway would ask: for integration tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newSeal } from '@emporium/encryption/testing';
import type { Bucket } from '@emporium/pictures';
import {
  createLogger,
  createTokenVerifier,
  openKeyedReads,
  postgresAdapter,
  serveSubgraph,
  type Viewer,
} from '@emporium/subgraph';
import { testKey } from '@emporium/testing';
import { decodeJwt, SignJWT } from 'jose';
import { v7 as newId } from 'uuid';
import type { LoginWatch } from './application/abuse/security-alert.ts';
import { createApp } from './application/create-app.ts';
import type { AttemptLimits, Dependencies } from './application/ports.ts';
import type { ProfileDependencies } from './application/profile/profile-ports.ts';
import type { IdentityProviders } from './application/sign-in/ports.ts';
import { cheapHasher } from './cheap-hasher.ts';
import type { SellerApproval } from './domain/seller.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { keySetRoute } from './infrastructure/key-set-route.ts';
import { openMail } from './infrastructure/mail/mail-rows.ts';
import { prismaDirectory } from './infrastructure/prisma-directory.ts';
import { transactWith } from './infrastructure/prisma-ports.ts';
import { openAvatarStore } from './infrastructure/profile/open-avatar-store.ts';
import { prismaProfileDirectory } from './infrastructure/profile/prisma-profile-directory.ts';
import { createSharpShaper } from './infrastructure/profile/sharp-shaper.ts';
import { refreshSecrets } from './infrastructure/refresh-secrets.ts';
import { oneTimeCodes } from './infrastructure/second-factor/one-time-codes.ts';
import { deriveAttemptSecrets } from './infrastructure/sign-in/attempt-secrets.ts';
import { openidProviders } from './infrastructure/sign-in/openid-providers.ts';
import { createTokenIssuer, type SigningKey } from './infrastructure/token-issuer.ts';
import { createContextOf } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

const unlimited: AttemptLimits = {
  register: async () => null,
  logIn: (_from, verify) => verify(),
  ask: async () => null,
};
const unwatched: LoginWatch = { note: async () => [] };

type Answer = {
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for is what it knows the shape of.
  readonly data: any;
  readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[];
  readonly setCookie: readonly string[];
};

type Asking = {
  as?: Partial<Viewer>;
  headers?: Record<string, string>;
  variables?: Record<string, unknown>;
};

const noProviders = openidProviders({
  providers: [],
  redirectUri: null,
  returnOrigins: [],
  logger: createLogger('users', 'silent'),
});

type Options = {
  readonly limits?: AttemptLimits;
  readonly loginWatch?: LoginWatch;
  readonly bucket?: Bucket | null;
  readonly sellerApproval?: SellerApproval;
  readonly providers?: IdentityProviders;
};

/**
 * Starts it on a free port. Without `limits` nothing is limited, without `loginWatch` nobody is told; without a bucket,
 * pictures are kept in a folder; without `providers` there are none to sign in with.
 */
export const startUsersUnderTest = async (
  databaseUrl: string,
  {
    limits = unlimited,
    loginWatch = unwatched,
    bucket = null,
    sellerApproval = 'auto',
    providers = noProviders,
  }: Options = {},
) => {
  const prisma = new PrismaClient({ adapter: postgresAdapter(databaseUrl, 'users', 5) });
  const keyed = openKeyedReads(databaseUrl, 'users');
  const [gateway, own] = [testKey(), testKey()];
  const tokens = await createTokenIssuer(own.secret as SigningKey);
  const seal = newSeal();
  const transact = transactWith(prisma, seal, () => undefined);
  const dependencies: Dependencies = {
    transact,
    directory: prismaDirectory(prisma, keyed),
    passwords: cheapHasher,
    tokens,
    secrets: refreshSecrets,
    limits,
    loginWatch,
    signInMails: 'any',
    accountSettings: { pagesUrl: 'https://shop.example', trustedDomains: ['trusted.example'] },
    sellerApproval,
    oneTimeCodes,
    newId,
    providers,
    deriveAttemptSecrets,
  };
  const avatarUrl = (path: string) => `${url}/avatars/${path}`;
  const avatarFolder = mkdtempSync(path.join(tmpdir(), 'emporium-avatars-'));
  const { store: avatarStore, routes } = await openAvatarStore(prisma, {
    folder: avatarFolder,
    bucket,
    avatarUrl,
  });
  const profileDependencies: ProfileDependencies = {
    profiles: prismaProfileDirectory(prisma, seal),
    avatarStore,
    shapeAvatar: createSharpShaper(),
    avatarUrl,
  };
  const app = createApp({ ...dependencies, ...profileDependencies });
  const server = await serveSubgraph({
    schema: await createSchema(),
    host: '127.0.0.1',
    port: 0,
    verify: createTokenVerifier({ keys: [gateway.open] }, 'users'),
    createContext: createContextOf(app, 'auto'),
    isReady: async () => true,
    logger: createLogger('users', 'silent'),
    routes: { '/.well-known/jwks.json': keySetRoute(tokens.publicKeys), ...routes },
  });
  const url = `http://127.0.0.1:${server.port}`;

  const gatewayToken = ({
    id,
    roles = id ? ['BUYER'] : [],
    address = '203.0.113.1',
    session,
  }: Partial<Viewer>) => {
    const ofSession = session && {
      sid: session.id ?? undefined,
      auth_time: session.authenticatedAt,
      amr: [...session.methods],
      second_factor: session.hasSecondFactor,
    };
    const token = new SignJWT({
      ...ofSession,
      roles: [...roles],
      ...(address === null ? {} : { addr: address }),
    })
      .setProtectedHeader({ alg: 'EdDSA', kid: gateway.open.kid })
      .setIssuer('emporium-gateway')
      .setAudience('users')
      .setExpirationTime('60s');
    return (id ? token.setSubject(id) : token).sign(gateway.secret);
  };

  const ask = async (
    query: string,
    { as = {}, headers = {}, variables = {} }: Asking = {},
  ): Promise<Answer> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await gatewayToken(as)}`,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return {
      ...((await response.json()) as Omit<Answer, 'setCookie'>),
      setCookie: response.headers.getSetCookie(),
    };
  };

  return {
    url,
    ask,
    app,
    transact,
    prisma,
    /** Mail that has been queued, oldest first, opened. */
    mailsOf: async (where: { userId?: string; recipient?: string }) => {
      const rows = await prisma.mail.findMany({ where, orderBy: { id: 'asc' } });
      return rows.map((row) => ({ ...row, data: openMail(seal, row) }));
    },
    dependencies: { ...dependencies, ...profileDependencies },
    avatarFolder,
    stop: async () => {
      await server.stop();
      await keyed.close();
      await prisma.$disconnect();
      rmSync(avatarFolder, { recursive: true });
    },
  };
};

export type UsersUnderTest = Awaited<ReturnType<typeof startUsersUnderTest>>;

const session =
  '__typename ... on AuthSession { accessToken refreshToken expiresAt user { id name email } } ... on AuthRefusal { code message }';

export const registerMutation = `mutation ($input: RegisterInput!) { register(input: $input) { ${session} } }`;
export const loginMutation = `mutation ($input: LoginInput!) { login(input: $input) { ${session} } }`;
export const refreshMutation = `mutation ($token: String) { refreshSession(refreshToken: $token) { ${session} } }`;

export const password = 'correct horse battery';

/** Who an access token says asks. */
export const viewerOf = (accessToken: string) => {
  const { sub, roles, sid, auth_time, amr, second_factor } = decodeJwt<{
    roles: Viewer['roles'];
    sid: string;
    auth_time: number;
    amr: string[];
    second_factor: boolean;
  }>(accessToken);
  const session = { id: sid, authenticatedAt: auth_time, methods: amr, hasSecondFactor: second_factor };
  return { id: sub ?? null, roles, session };
};

/** Registers somebody whom no other test knows; the mail of it has gone. */
export const registerSomebody = async ({ ask, prisma }: UsersUnderTest) => {
  const email = `${newId()}@example.org`;
  const { data } = await ask(registerMutation, { variables: { input: { email, password, name: 'Ada' } } });
  const { accessToken, refreshToken, user } = data.register;
  await prisma.mail.deleteMany({ where: { userId: user.id } });
  return { email, accessToken, refreshToken, id: user.id } as Record<
    'email' | 'accessToken' | 'refreshToken' | 'id',
    string
  >;
};

/** The same, whose e-mail address is proven. */
export const registerVerified = async (users: UsersUnderTest) => {
  const somebody = await registerSomebody(users);
  await users.app.vouchForEmail(somebody.id);
  return somebody;
};

/** What an access token says. */
export const claimsIn = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
