import { dataKeys } from '@emporium/encryption';
import { bucketVariables } from '@emporium/pictures/settings';
import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';
import { checkSignInVariables, signInVariables } from './infrastructure/sign-in/provider-settings.ts';

const base64url32Bytes = /^[\w-]{43}$/;

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});

const publicKey = {
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(base64url32Bytes),
  kid: z.string().min(1).optional(),
};

const signingKey = json.pipe(
  z.object(
    { ...publicKey, d: z.string().regex(base64url32Bytes) },
    { error: 'is not a private Ed25519 JSON Web Key' },
  ),
);

/** Of a private key only the public part is kept. */
const publishedKeys = z
  .preprocess((text) => text || '[]', json)
  .pipe(z.array(z.object(publicKey), { error: 'is no JSON array of Ed25519 JSON Web Keys' }));

const orNone = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((text) => (text === '' ? undefined : text), value.optional());

const variables = z.object({
  ...serviceConfig(4001),
  USERS_DATABASE_URL: z.url(),
  /** Counts attempts; without an answer from it each process counts alone. */
  REDIS_URL: z.url(),
  /** A private Ed25519 JWK, as JSON. */
  ACCESS_TOKEN_SIGNING_KEY: signingKey,
  /** Ed25519 JWKs, as JSON arrays: what will sign and what signed is published beside the key that signs. */
  ACCESS_TOKEN_NEXT_KEYS: publishedKeys,
  ACCESS_TOKEN_PREVIOUS_KEYS: publishedKeys,
  /** Secret JWKs of 32 bytes, as a JSON array: the first seals what is kept of people, all open it. */
  DATA_KEYS: dataKeys,
  LIMIT_REGISTRATIONS_PER_MINUTE: z.coerce.number().int().positive().default(60),
  /** Of one account, and from one network at one account. */
  LIMIT_FAILED_LOGINS_PER_MINUTE: z.coerce.number().int().positive().default(5),
  /** From one network, whomever they try: an office or a mobile network is many people behind one address. */
  LIMIT_FAILED_LOGINS_PER_NETWORK_PER_MINUTE: z.coerce.number().int().positive().default(20),
  /** What the wait grows to while one network goes on failing at one account. */
  LONGEST_LOGIN_DELAY_SECONDS: z.coerce.number().int().positive().default(900),
  /** For one account, of each thing that costs its owner a mail. */
  LIMIT_MAIL_REQUESTS_PER_HOUR: z.coerce.number().int().positive().default(5),
  /** The same from one network, whomever it is for. */
  LIMIT_MAIL_REQUESTS_OF_NETWORK_PER_HOUR: z.coerce.number().int().positive().default(100),
  /** Failed logins of one account, and accounts that one network fails at, within the window: then somebody is told. */
  ALERT_FAILED_LOGINS: z.coerce.number().int().positive().default(20),
  ALERT_ACCOUNTS_OF_NETWORK: z.coerce.number().int().positive().default(10),
  ALERT_WINDOW_SECONDS: z.coerce.number().int().positive().default(900),
  /** When the owner of an account gets mail about a sign-in: from a new device, from `any` new device or network. */
  SIGN_IN_MAILS: z.enum(['off', 'device', 'any']).default('any'),
  /** Whoever would wait longer to log in, or for a password to be hashed, is told BUSY. */
  HASHING_LONGEST_WAIT_SECONDS: z.coerce.number().positive().default(5),
  /** `smtp://` or `smtps://`; without it, mail is put into `MAIL_FOLDER`, a file for each. */
  SMTP_URL: z
    .union([z.literal(''), z.url({ protocol: /^smtps?$/ })])
    .optional()
    .transform((url) => url || null),
  MAIL_FOLDER: z.string().min(1).default('.data/mail'),
  MAIL_FROM: z.string().min(3).default('Emporium <no-reply@emporium.test>'),
  /** Where mails tell people to write to when something was not them. */
  MAIL_SUPPORT: orNone(z.email()),
  /** Where the pages are that mailed links lead to. */
  ACCOUNT_PAGES_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:3000')
    .transform((url) => url.replace(/\/+$/, '')),
  /** Domains whose addresses need no proof, with commas between: for development, where no mail can reach them. */
  TRUSTED_EMAIL_DOMAINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((domain) => domain.trim().toLowerCase()))
    .transform((domains) => domains.filter((domain) => domain !== '')),
  /** `auto`: cookies are Secure unless the browser asked a loopback host. */
  COOKIE_SECURE: z.enum(['auto', 'always']).default('auto'),
  ...signInVariables,
  /** Where pictures of users are kept, unless in a bucket. */
  AVATAR_FOLDER: z.string().min(1).default('.data/avatars'),
  /** Where the public finds `/avatars` of this service; without it, only this machine does. */
  AVATAR_PUBLIC_URL: orNone(z.url()),
  ...bucketVariables,
  /** `manual`: an administrator approves every seller. `auto`, for development: whoever applies sells at once. */
  SELLER_APPROVAL: z.enum(['auto', 'manual']).default('manual'),
});

const schema = variables.superRefine(checkSignInVariables);

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. Only the entry points call this. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);

const resealSchema = z.object({ USERS_DATABASE_URL: z.url(), DATA_KEYS: dataKeys });

/** What sealing anew needs, of the service's own variables. */
export const loadResealConfig = (env: Record<string, string | undefined>): z.output<typeof resealSchema> =>
  readEnv(resealSchema, env);
