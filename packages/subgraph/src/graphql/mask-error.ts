import { GraphQLError, Kind } from 'graphql';
import type { Logger } from '../logger.ts';
import { isOverload } from '../overload.ts';
import { busy } from './errors.ts';

/** A request that is no GraphQL request at all; its message is for the client. */
export class MalformedRequestError extends Error {
  override readonly name = 'MalformedRequestError';
}

const isCoded = ({ extensions }: GraphQLError): boolean => typeof extensions.code === 'string';

/** A resolver's value that does not fit the schema: graphql's own message would show it. */
const isMisfit = ({ path, nodes }: GraphQLError): boolean =>
  path !== undefined && nodes?.[0]?.kind === Kind.FIELD;

/** The value is shown as JSON would, so what it says of places and colons is within quotes. */
const inVariable =
  /^Variable "\$(\w+)" got invalid value (?:"(?:[^"\\]|\\.)*"|[^"])*?(?: at "\1([\w.[\]]+)")?; /s;

/** Which field of a variable is wrong, such as `input.lines.0.quantity`: graphql says so in its message alone. */
const fieldOf = ({ nodes, message }: GraphQLError): string | null => {
  if (nodes?.[0]?.kind !== Kind.VARIABLE_DEFINITION) return null;
  const [, variable, place = ''] = inVariable.exec(message) ?? [];
  return variable === undefined ? null : variable + place.replaceAll(/\[(\d+)\]/g, '.$1');
};

/** The client's to mend, and which field it is where that can be told. */
const badRequest = (error: GraphQLError, field = fieldOf(error)): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: { ...(field === null ? {} : { field }), ...error.extensions, code: 'BAD_USER_INPUT' },
  });

/**
 * Bugs become one masked error; what was thrown as a GraphQLError with a code reaches the client, and so does what
 * graphql says of the request itself. A transaction that had no turn is no bug: the client may try again.
 */
export const maskError = (error: unknown, logger: Logger): GraphQLError => {
  if (error instanceof MalformedRequestError) return badRequest(new GraphQLError(error.message));
  const located =
    error instanceof GraphQLError ? error : new GraphQLError('', { originalError: asError(error) });
  const cause = located.originalError;
  if (cause === undefined || cause instanceof GraphQLError) {
    if (isCoded(located))
      return located.extensions.code === 'BAD_USER_INPUT' ? badRequest(located) : located;
    if (!isMisfit(located)) return badRequest(located);
  }
  if (isOverload(cause)) {
    logger.warn({ err: cause, path: located.path }, 'a transaction had no turn in time');
    return at(located, busy(retryAfter));
  }
  logger.error({ err: cause ?? located, path: located.path }, 'a resolver failed');
  return at(located, internal);
};

const internal = new GraphQLError('Something went wrong on our side. Try again.', {
  extensions: { code: 'INTERNAL_SERVER_ERROR' },
});

/** Whoever had no turn in ten seconds need not ask again at once. */
const retryAfter = 5;

/** What is said instead, of the same field. */
const at = ({ nodes, path }: GraphQLError, { message, extensions }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, extensions });

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
