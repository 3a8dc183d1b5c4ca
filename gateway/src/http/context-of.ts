import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../execution/request-context.ts';
import type { Identification } from '../identity/identify.ts';
import { reachedAt } from '../identity/reached-at.ts';
import { noteError, type OperationRecord } from '../observation/operation-record.ts';

export type ContextOptions = {
  readonly identification: Identification;
  readonly sessionHeader: string;
  readonly refreshCookieName: string;
  readonly trustedHops: number;
};

/** What execution hands over beside its answer. */
export type Results = Pick<RequestContext, 'setCookies' | 'parts'> &
  Required<Pick<RequestContext, 'answerHeaders'>>;

/** What execution is told of an HTTP request. Throws for credentials that are not valid, and notes that. */
export const contextOf = async (
  request: IncomingMessage,
  record: OperationRecord,
  results: Results,
  { identification, sessionHeader, refreshCookieName, trustedHops }: ContextOptions,
): Promise<RequestContext> => {
  const caller = { headers: request.headers, peer: request.socket.remoteAddress };
  const { viewer, refreshCookie } = await identification.identify(caller).catch((error: unknown) => {
    noteError(record, error instanceof GraphQLError ? error.extensions : {});
    throw error;
  });
  const session = request.headers[sessionHeader];
  return {
    viewer,
    traceparent: record.traceparent,
    record,
    sessionHeaders: {
      ...reachedAt(request.headers, trustedHops),
      ...(typeof session === 'string' ? { [sessionHeader]: session } : {}),
      ...(refreshCookie === null
        ? {}
        : { cookie: `${refreshCookieName}=${encodeURIComponent(refreshCookie)}` }),
    },
    ...results,
  };
};
