import { z } from 'zod';

const dataKey = z.object({
  kty: z.literal('oct'),
  kid: z.string().regex(/^[\w-]{1,64}$/),
  k: z.string().regex(/^[\w-]{43}$/),
});

/** A variable of secret JSON Web Keys of 32 bytes, as a JSON array: the first seals, all open. */
export const dataKeys = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.array(dataKey, { error: 'is no JSON array of secret JSON Web Keys' }).min(1));
