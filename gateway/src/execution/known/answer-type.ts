import Negotiator from 'negotiator';
import { BoundedMap } from '../../bounded-map.ts';

/** In the order in which Apollo Server prefers them. */
const offered = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8'];
const chosen = new BoundedMap<string, string>(200);
const longest = 200;

/** The media type of an answer to a client that accepts these; undefined when it accepts none that we have. */
export const answerTypeOf = (accept: string | undefined): string | undefined => {
  if (!accept) return offered[0];
  const known = chosen.get(accept);
  if (known !== undefined) return known;
  const type = new Negotiator({ headers: { accept } }).mediaType(offered);
  if (type !== undefined && accept.length <= longest) chosen.set(accept, type);
  return type;
};
