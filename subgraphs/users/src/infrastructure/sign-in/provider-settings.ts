import { z } from 'zod';

/** One OpenID provider of the configuration. */
export type ProviderSetting = {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly scopes: readonly string[];
};

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** TLS, but on this machine, where tests and development run. */
const tlsOrLoopback = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => text.startsWith('https:') || isLoopback(new URL(text)),
    'must be https, or http on loopback',
  );

const provider = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and "-"'),
  name: z.string().trim().min(1).max(60),
  issuer: tlsOrLoopback.transform((text) => new URL(text).href),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/)).default(['openid', 'email', 'profile']),
});

const areUnlike = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

const providers = z
  .string()
  .default('')
  .transform((text, context): unknown => {
    if (text === '') return [];
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(provider, { error: 'is no JSON array of providers' })
      .refine((all) => areUnlike(all.map(({ id }) => id)), 'names an id twice')
      .refine((all) => areUnlike(all.map(({ issuer }) => issuer)), 'names an issuer twice')
      .refine(
        (all) => all.every(({ scopes }) => scopes.includes('openid')),
        'asks for scopes without "openid"',
      ),
  );

const origins = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(
    z.array(
      z
        .string()
        .refine((text) => URL.canParse(text) && new URL(text).origin === text, 'must be origins')
        .refine((text) => /^https?:/.test(text), 'must be of http or https'),
    ),
  );

/** What the environment says of signing in with OpenID providers; all of it may be missing. */
export const signInVariables = {
  NODE_ENV: z.string().default('production'),
  /** JSON: `[{ id, name, issuer, clientId, clientSecret?, scopes? }]`. Empty: nobody signs in so. */
  OIDC_PROVIDERS: providers,
  /** The app's page to which every provider sends people back. */
  OIDC_REDIRECT_URI: z
    .union([z.literal(''), tlsOrLoopback])
    .optional()
    .transform((url) => url || null),
  /** Origins, separated by commas, whose pages a sign-in may lead back to beside the redirect URI's own. */
  SIGN_IN_RETURN_ORIGINS: origins,
};

type SignInVariables = {
  readonly NODE_ENV: string;
  readonly OIDC_PROVIDERS: readonly ProviderSetting[];
  readonly OIDC_REDIRECT_URI: string | null;
};

/** What no variable can say alone. */
export const checkSignInVariables = (
  { NODE_ENV, OIDC_PROVIDERS, OIDC_REDIRECT_URI }: SignInVariables,
  context: z.RefinementCtx,
): void => {
  const refuse = (variable: string, message: string) =>
    context.addIssue({ code: 'custom', path: [variable], message });
  if (OIDC_PROVIDERS.length > 0 && OIDC_REDIRECT_URI === null)
    refuse('OIDC_REDIRECT_URI', 'is needed where there are OIDC_PROVIDERS');
  const isOpen = OIDC_PROVIDERS.some(({ issuer }) => !issuer.startsWith('https:'));
  if (isOpen && NODE_ENV === 'production')
    refuse('OIDC_PROVIDERS', 'names an issuer without TLS, which production does not trust');
};
