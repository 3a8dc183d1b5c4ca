import type { RequestContext } from '../execution/request-context.ts';
import { type Caching, hashOf } from './caching.ts';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Under which key an answer is kept: the operation, its own variables in one order, what subgraphs are told of the
 * client's headers, and who may see it. Those who are not
 * signed in are one viewer: a subgraph is told nothing of them but their address.
 */
export const answerKey = (
  { id, scope, variables: names }: Caching,
  variables: Variables,
  { viewer: { id: viewerId, roles }, propagated }: Pick<RequestContext, 'viewer' | 'propagated'>,
): string => {
  const given = names.map((name) => (Object.hasOwn(variables, name) ? variables[name] : undefined));
  return hashOf(
    id,
    // An absent variable has its default, which null has not.
    JSON.stringify(given.map((value) => (value === undefined ? [] : [sorted(value)]))),
    scope === 'PUBLIC' ? '' : JSON.stringify([viewerId, roles.toSorted()]),
    JSON.stringify(sorted(propagated)),
  );
};

const sorted = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, sorted(part)]);
};
