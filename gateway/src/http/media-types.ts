import Negotiator from 'negotiator';
import { BoundedMap } from '../bounded-map.ts';

const json = 'application/json; charset=utf-8';
const graphqlResponse = 'application/graphql-response+json; charset=utf-8';

/** In the order in which Apollo Server prefers them. */
const offered = [json, graphqlResponse];
const remembered = new BoundedMap<string, string>(200);
const longest = 200;

/** The media type of an answer to a client that accepts these; undefined when it accepts none that we have. */
export const answerTypeOf = (accept: string | undefined): string | undefined => {
  if (!accept) return json;
  const known = remembered.get(accept);
  if (known !== undefined) return known;
  const type = chosen(accept, offered);
  if (type !== undefined && accept.length <= longest) remembered.set(accept, type);
  return type;
};

/** The type in which a client gets an answer of one piece, whatever it accepts. */
export const mediaTypeFor = (accept: string | undefined): string => answerTypeOf(accept) ?? json;

/** Whether a client says that it reads JSON and not GraphQL's own type, whose status codes speak of GraphQL. */
export const isLegacyClient = (accept: string | undefined): boolean =>
  accept !== undefined &&
  chosen(accept, [json]) === json &&
  chosen(accept, [graphqlResponse]) === undefined;

const chosen = (accept: string | undefined, available: string[]): string | undefined =>
  new Negotiator({ headers: { accept } }).mediaType(available);
