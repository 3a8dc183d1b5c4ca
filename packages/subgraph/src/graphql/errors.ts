import { GraphQLError } from 'graphql';

const coded = (code: string, message: string, extra: Record<string, unknown> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...extra } });

/** What the client could have checked alone. `field` is the path of the argument, such as `input.quantity`. */
export const badUserInput = (message: string, field?: string): GraphQLError =>
  coded('BAD_USER_INPUT', message, field ? { field } : {});

export const unauthenticated = (
  message = 'Sign in first: send `Authorization: Bearer <accessToken>`.',
): GraphQLError => coded('UNAUTHENTICATED', message);

/** Signed in, but not proven lately enough, or not by all of `methods` (RFC 8176: `pwd`, `otp`), for what was asked. */
export const stepUpRequired = (methods: readonly string[]): GraphQLError =>
  coded(
    'STEP_UP_REQUIRED',
    `This needs a proof of the last 10 minutes. Call \`proveIdentity\` with your password${methods.includes('otp') ? ' and a one-time code' : ''}, and ask again with the access token that it gives.`,
    { methods },
  );

export const forbidden = (message: string): GraphQLError => coded('FORBIDDEN', message);

/** One answer for what does not exist and what is not yours. */
export const notFound = (what: string): GraphQLError =>
  coded('NOT_FOUND', `There is no such ${what}, or it is not yours.`);

/** `retryAfter` is in whole seconds. */
export const rateLimited = (retryAfter: number): GraphQLError =>
  coded('RATE_LIMITED', `Too many attempts. Try again in ${retryAfter} s.`, { retryAfter });

/** A list cannot be gone on with where its cursor points: it is to be asked for from its beginning. */
export const cursorExpired = (): GraphQLError =>
  coded('CURSOR_EXPIRED', 'This list cannot be gone on with. Ask for it again without `after`.');

/** More work is waiting than can be done in time; `retryAfter` is in whole seconds. */
export const busy = (retryAfter: number): GraphQLError =>
  coded('BUSY', `Too many people are at this at once. Try again in ${retryAfter} s.`, { retryAfter });
