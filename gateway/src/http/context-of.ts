import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../execution/request-context.ts';
import { callerOf, type Identification } from '../identity/identify.ts';
import { reachedAt } from '../identity/reached-at.ts';
import { noteError, type OperationRecord } from '../observation/operation-record.ts';
import type { Propagation } from '../propagation/propagation.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';

export type ContextOptions = {
  readonly identification: Identification;
  readonly rateLimits: RateLimits;
  readonly propagation: Propagation;
  readonly sessionHeader: string;
  readonly cookieNames: Readonly<Record<'refresh' | 'signIn', string>>;
  readonly trustedHops: number;
};

/** What execution hands over beside its answer. */
export type Results = Pick<RequestContext, 'setCookies' | 'parts'> &
  Required<Pick<RequestContext, 'answerHeaders' | 'outcome'>>;

/** Nothing yet; `parts` where the client takes an answer in parts. */
export const noResults = (parts: Results['parts']): Results => ({
  setCookies: [],
  parts,
  answerHeaders: {},
  outcome: { isRequestError: false },
});

const cookieHeader = (cookies: readonly (readonly [string, string | null])[]): { cookie?: string } => {
  const pairs = cookies.flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return pairs.length > 0 ? { cookie: pairs.join('; ') } : {};
};

/** What execution is told of an HTTP request. Throws for credentials that are not valid and for viewers who ask too often, and notes that. */
export const contextOf = async (
  request: IncomingMessage,
  record: OperationRecord,
  results: Results,
  { identification, rateLimits, propagation, sessionHeader, cookieNames, trustedHops }: ContextOptions,
): Promise<RequestContext> => {
  const refuse = (error: unknown): never => {
    noteError(record, error instanceof GraphQLError ? error.extensions : {});
    throw error;
  };
  const identity = await identification.identify(callerOf(request)).catch(refuse);
  const { viewer, refreshCookie, signInCookie } = identity;
  const limited = rateLimits.ofViewer(viewer);
  if (limited) refuse(limited);
  const session = request.headers[sessionHeader];
  return {
    viewer,
    traceparent: record.traceparent,
    record,
    propagated: propagation.read(request.headers),
    sessionHeaders: {
      ...reachedAt(request.headers, trustedHops),
      ...(typeof session === 'string' ? { [sessionHeader]: session } : {}),
      ...cookieHeader([
        [cookieNames.refresh, refreshCookie],
        [cookieNames.signIn, signInCookie],
      ]),
    },
    ...results,
  };
};
