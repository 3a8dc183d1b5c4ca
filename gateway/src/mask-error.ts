import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { literalField } from './literal-field.ts';
import type { Logger } from './logger.ts';
import { requestOfError } from './observation/blame.ts';
import { internalErrorMessage } from './subgraphs/subgraph-errors.ts';

/** graphql-js words these when a variable does not fit an input or an enum. */
const suggestion = / Did you mean [^?]*\?$/;

/** Makes of an error what a client may see of it. */
export type Mask = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Lets errors with a code through; every other is a bug of the gateway's, which is logged and masked. */
export const maskError =
  (logger: Logger, hideSuggestions: boolean): Mask =>
  (formatted, error) => {
    const { code, serviceName } = formatted.extensions ?? {};
    if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR')
      return withoutHttp(withField(hideSuggestions ? withoutSuggestion(formatted) : formatted, error));
    const alreadyTold = typeof serviceName === 'string' && formatted.message === internalErrorMessage;
    if (!alreadyTold)
      logger.error({ err: causeOf(error), requestId: requestOfError(error) }, 'an operation failed');
    return {
      message: internalErrorMessage,
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(serviceName ? { serviceName } : {}) },
    };
  };

/** Which argument it is about, where graphql tells only a place in the text. */
const withField = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
  const isInvalid = formatted.extensions?.code === 'GRAPHQL_VALIDATION_FAILED';
  const field = isInvalid && error instanceof GraphQLError ? literalField(error) : null;
  return field === null ? formatted : { ...formatted, extensions: { ...formatted.extensions, field } };
};

const withoutSuggestion = (formatted: GraphQLFormattedError): GraphQLFormattedError =>
  suggestion.test(formatted.message)
    ? { ...formatted, message: formatted.message.replace(suggestion, '') }
    : formatted;

/** The status is for HTTP, where Apollo Server has read it by now; it is no part of the error. */
const withoutHttp = (formatted: GraphQLFormattedError): GraphQLFormattedError => {
  if (!formatted.extensions?.http) return formatted;
  const { http: _, ...extensions } = formatted.extensions;
  return { ...formatted, extensions };
};

const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError ? (error.originalError ?? error) : error;
