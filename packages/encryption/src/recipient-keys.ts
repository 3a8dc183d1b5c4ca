/** Keys of a recipient: whoever has the public half seals for them, and only who has the private half opens it. */
import { z } from 'zod';

const base64url = z.string().regex(/^[\w-]+$/);

const publicPart = {
  kty: z.literal('RSA'),
  kid: z.string().regex(/^[\w-]{1,64}$/),
  /** 2048 bits and more. */
  n: z.string().regex(/^[\w-]{342,}$/),
  e: base64url,
};
const privatePart = {
  d: base64url,
  p: base64url,
  q: base64url,
  dp: base64url,
  dq: base64url,
  qi: base64url,
};

const publicKey = z
  .object(
    {
      ...publicPart,
      d: z.undefined({ error: 'must not be here: only the recipient has the private key' }).optional(),
    },
    { error: 'is no public RSA JSON Web Key' },
  )
  .transform(({ d: _none, ...key }) => key);
const privateKey = z.object({ ...publicPart, ...privatePart });

/** The half that others have: RSA, of 2048 bits or more, as a JSON Web Key. */
export type RecipientPublicKey = z.output<typeof publicKey>;
/** Both halves. */
export type RecipientPrivateKey = z.output<typeof privateKey>;

const missing =
  'is missing: `npm run --silent secrets` prints one, and docs/operating.md says what it is for';

const json = z
  .string({ error: missing })
  .min(1, missing)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  });

/** A variable of one public key. */
export const recipientPublicKey = json.pipe(publicKey);

/** A variable of private keys, as a JSON array: all open. */
export const recipientPrivateKeys = json.pipe(
  z.array(privateKey, { error: 'is no JSON array of private RSA JSON Web Keys' }).min(1),
);
