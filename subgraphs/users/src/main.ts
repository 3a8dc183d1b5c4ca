import { createSeal } from '@emporium/encryption';
import { startMessaging } from '@emporium/messaging';
import { readBucket } from '@emporium/pictures/settings';
import {
  createLogger,
  createRegistry,
  createTokenVerifier,
  every,
  openKeyedReads,
  openServiceTracer,
  postgresAdapter,
  readinessOf,
  serveSubgraph,
  startService,
  stopOnSignal,
  traceDatabase,
} from '@emporium/subgraph';
import { v7 as newId } from 'uuid';
import { createApp } from './application/create-app.ts';
import { loadConfig } from './config.ts';
import { inLine } from './infrastructure/abuse/in-line.ts';
import { createLoginWatch } from './infrastructure/abuse/login-watch.ts';
import { createArgon2Hasher } from './infrastructure/argon2-hasher.ts';
import { createAttemptLimits } from './infrastructure/attempt-limits.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { keySetRoute } from './infrastructure/key-set-route.ts';
import { startMailer } from './infrastructure/mail/mailer.ts';
import { createNoticeLimit } from './infrastructure/mail/notice-limit.ts';
import { openPostOffice } from './infrastructure/mail/post-office.ts';
import { prismaDirectory } from './infrastructure/prisma-directory.ts';
import { transactWith } from './infrastructure/prisma-ports.ts';
import { openAvatarStore } from './infrastructure/profile/open-avatar-store.ts';
import { prismaProfileDirectory } from './infrastructure/profile/prisma-profile-directory.ts';
import { createSharpShaper } from './infrastructure/profile/sharp-shaper.ts';
import { connectRedis } from './infrastructure/redis.ts';
import { refreshSecrets } from './infrastructure/refresh-secrets.ts';
import { oneTimeCodes } from './infrastructure/second-factor/one-time-codes.ts';
import { deriveAttemptSecrets } from './infrastructure/sign-in/attempt-secrets.ts';
import { openidProviders } from './infrastructure/sign-in/openid-providers.ts';
import { createTokenIssuer } from './infrastructure/token-issuer.ts';
import { createContextOf } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

/** How soon a picture's file goes after nobody is shown with it. */
const dueFilesMs = 30_000;

startService(async () => {
  const config = loadConfig(process.env);
  const logger = createLogger('users', config.LOG_LEVEL);
  const registry = createRegistry('users');
  const tracer = await openServiceTracer('users', config, logger);
  const tokens = await createTokenIssuer(config.ACCESS_TOKEN_SIGNING_KEY, [
    ...config.ACCESS_TOKEN_NEXT_KEYS,
    ...config.ACCESS_TOKEN_PREVIOUS_KEYS,
  ]);
  const redis = connectRedis(config.REDIS_URL, logger);
  const keyed = openKeyedReads(config.USERS_DATABASE_URL, 'users', tracer);
  const prisma = new PrismaClient({
    adapter: traceDatabase(postgresAdapter(config.USERS_DATABASE_URL, 'users'), tracer),
  });
  const seal = createSeal(config.DATA_KEYS);
  const mailer = startMailer({
    prisma,
    seal,
    postOffice: openPostOffice({
      smtpUrl: config.SMTP_URL,
      folder: config.MAIL_FOLDER,
      from: config.MAIL_FROM,
    }),
    mayWrite: createNoticeLimit(redis, config.LIMIT_MAIL_REQUESTS_PER_HOUR),
    support: config.MAIL_SUPPORT ?? null,
    logger,
    pollMs: config.OUTBOX_POLL_MS,
  });
  const transact = transactWith(prisma, seal, () => messaging.wake(), mailer.wake);
  const messaging = await startMessaging({
    owner: 'users',
    natsUrl: config.NATS_URL,
    databaseUrl: config.USERS_DATABASE_URL,
    transact,
    subscribers: [],
    logger,
    outboxPollMs: config.OUTBOX_POLL_MS,
    registry,
    tracer,
  });
  const limits = createAttemptLimits(redis, {
    registrations: config.LIMIT_REGISTRATIONS_PER_MINUTE,
    failedLogins: config.LIMIT_FAILED_LOGINS_PER_MINUTE,
    failedLoginsOfNetwork: config.LIMIT_FAILED_LOGINS_PER_NETWORK_PER_MINUTE,
    longestDelaySeconds: config.LONGEST_LOGIN_DELAY_SECONDS,
    requests: config.LIMIT_MAIL_REQUESTS_PER_HOUR,
    requestsOfNetwork: config.LIMIT_MAIL_REQUESTS_OF_NETWORK_PER_HOUR,
  });
  const avatarBase = config.AVATAR_PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}/avatars`;
  const avatarUrl = (path: string) => `${avatarBase.replace(/\/+$/, '')}/${path}`;
  const { store: avatarStore, routes: avatarRoutes } = await openAvatarStore(prisma, {
    folder: config.AVATAR_FOLDER,
    bucket: readBucket(config),
    avatarUrl,
  });
  const app = createApp({
    transact,
    directory: prismaDirectory(prisma, keyed),
    passwords: createArgon2Hasher({ longestWaitSeconds: config.HASHING_LONGEST_WAIT_SECONDS }),
    tokens,
    secrets: refreshSecrets,
    limits: inLine(limits, config.HASHING_LONGEST_WAIT_SECONDS),
    loginWatch: createLoginWatch(redis, {
      failedLogins: config.ALERT_FAILED_LOGINS,
      accountsOfNetwork: config.ALERT_ACCOUNTS_OF_NETWORK,
      windowSeconds: config.ALERT_WINDOW_SECONDS,
    }),
    signInMails: config.SIGN_IN_MAILS,
    accountSettings: {
      pagesUrl: config.ACCOUNT_PAGES_URL,
      trustedDomains: config.TRUSTED_EMAIL_DOMAINS,
    },
    sellerApproval: config.SELLER_APPROVAL,
    oneTimeCodes,
    newId,
    providers: openidProviders({
      providers: config.OIDC_PROVIDERS,
      redirectUri: config.OIDC_REDIRECT_URI,
      returnOrigins: config.SIGN_IN_RETURN_ORIGINS,
      logger,
    }),
    deriveAttemptSecrets,
    profiles: prismaProfileDirectory(prisma, seal),
    avatarStore,
    shapeAvatar: createSharpShaper(),
    avatarUrl,
  });
  const server = await serveSubgraph({
    schema: await createSchema(),
    host: config.HOST,
    port: config.PORT,
    verify: createTokenVerifier(config.INTERNAL_JWKS, 'users'),
    createContext: createContextOf(app, config.COOKIE_SECURE),
    isReady: readinessOf(prisma, messaging),
    logger,
    registry,
    tracer,
    routes: { '/.well-known/jwks.json': keySetRoute(tokens.publicKeys), ...avatarRoutes },
  });
  const dueFiles = every(dueFilesMs, app.removeDueFiles, (error) =>
    logger.error({ err: error }, 'files of pictures could not be removed'),
  );
  stopOnSignal(logger, [
    server.stop,
    dueFiles.stop,
    messaging.stop,
    mailer.stop,
    keyed.close,
    () => prisma.$disconnect(),
    () => tracer?.stop(),
    () => redis.disconnect(),
  ]);
});
