import Negotiator from 'negotiator';

const json = 'application/json; charset=utf-8';
const graphqlResponse = 'application/graphql-response+json; charset=utf-8';

/** The type in which a client gets an answer of one piece. */
export const mediaTypeFor = (accept: string | undefined): string =>
  chosen(accept, [json, graphqlResponse]) ?? json;

/** Whether a client says that it reads JSON and not GraphQL's own type, whose status codes speak of GraphQL. */
export const isLegacyClient = (accept: string | undefined): boolean =>
  accept !== undefined &&
  chosen(accept, [json]) === json &&
  chosen(accept, [graphqlResponse]) === undefined;

const chosen = (accept: string | undefined, available: string[]): string | undefined =>
  new Negotiator({ headers: { accept } }).mediaType(available);
