import { ConfigError, readEnv, serviceConfig } from '@emporium/subgraph';
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

const signingKey = json.pipe(
  z.object(
    {
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string().regex(base64url32Bytes),
      d: z.string().regex(base64url32Bytes),
      kid: z.string().min(1).optional(),
    },
    { error: 'is not a private Ed25519 JSON Web Key' },
  ),
);

const dataKey = z.object({
  kty: z.literal('oct'),
  kid: z.string().regex(/^[\w-]{1,64}$/),
  k: z.string().regex(base64url32Bytes),
});

const orNone = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((text) => (text === '' ? undefined : text), value.optional());

const variables = z.object({
  ...serviceConfig(4001),
  USERS_DATABASE_URL: z.url(),
  /** Counts attempts; without an answer from it each process counts alone. */
  REDIS_URL: z.url(),
  /** A private Ed25519 JWK, as JSON. */
  ACCESS_TOKEN_SIGNING_KEY: signingKey,
  /** Secret JWKs of 32 bytes, as a JSON array: the first seals what is kept of people, all open it. */
  DATA_KEYS: json.pipe(z.array(dataKey, { error: 'is no JSON array of secret JSON Web Keys' }).min(1)),
  LIMIT_REGISTRATIONS_PER_MINUTE: z.coerce.number().int().positive().default(60),
  LIMIT_FAILED_LOGINS_PER_MINUTE: z.coerce.number().int().positive().default(5),
  /** `smtp://` or `smtps://`; without it, mail is put into `MAIL_FOLDER`, a file for each. */
  SMTP_URL: z
    .union([z.literal(''), z.url({ protocol: /^smtps?$/ })])
    .optional()
    .transform((url) => url || null),
  MAIL_FOLDER: z.string().min(1).default('.data/mail'),
  MAIL_FROM: z.string().min(3).default('Emporium <no-reply@emporium.test>'),
  /** `auto`: cookies are Secure unless the browser asked a loopback host. */
  COOKIE_SECURE: z.enum(['auto', 'always']).default('auto'),
  ...signInVariables,
  /** Where pictures of users are kept, unless in a bucket. */
  AVATAR_FOLDER: z.string().min(1).default('.data/avatars'),
  /** Where the public finds `/avatars` of this service; without it, only this machine does. */
  AVATAR_PUBLIC_URL: orNone(z.url()),
  S3_BUCKET: orNone(z.string()),
  S3_REGION: z.string().min(1).default('us-east-1'),
  /** For what speaks S3 and is not Amazon's. */
  S3_ENDPOINT: orNone(z.url()),
  S3_ACCESS_KEY_ID: orNone(z.string()),
  S3_SECRET_ACCESS_KEY: orNone(z.string()),
  /** `manual`: an administrator approves every seller. `auto`, for development: whoever applies sells at once. */
  SELLER_APPROVAL: z.enum(['auto', 'manual']).default('manual'),
});

const schema = variables.superRefine(checkSignInVariables);

/** The bucket for pictures of users, when there is one: null keeps them in a folder. */
export const readBucket = ({
  S3_BUCKET: name,
  S3_REGION: region,
  S3_ENDPOINT: endpoint,
  S3_ACCESS_KEY_ID: accessKeyId,
  S3_SECRET_ACCESS_KEY: secretAccessKey,
}: Config) => {
  if (name === undefined) return null;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ConfigError('S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it.');
  }
  return { name, region, endpoint, accessKeyId, secretAccessKey };
};

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. Only the entry points call this. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);
