import type { FetchDataRewrite } from '@apollo/query-planner';
import { type Fetched, isFetched, own, put } from './fetched.ts';
import type { IsOfType } from './representations.ts';

const fragment = '... on ';

/** Changes data in place, as the planner wants it before it is sent, or after it came. */
export type Rewrite = (data: unknown) => void;

/** Compiles a plan's rewrites: names that would have clashed, and types that one subgraph knows by another name. */
export const compileRewrites = (
  rewrites: readonly FetchDataRewrite[] | undefined,
  isOfType: IsOfType,
): Rewrite | null => {
  if (!rewrites || rewrites.length === 0) return null;
  return (data) => {
    for (const rewrite of rewrites) apply(rewrite, data, 0, isOfType);
  };
};

/** The names that a fetch uses on the wire, and what the client calls them: for the paths of errors. */
export const renamesOf = (rewrites: readonly FetchDataRewrite[] | undefined): ReadonlyMap<string, string> =>
  new Map(
    rewrites?.flatMap((rewrite): [string, string][] =>
      rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1) ?? '', rewrite.renameKeyTo]] : [],
    ),
  );

const apply = (rewrite: FetchDataRewrite, value: unknown, depth: number, isOfType: IsOfType): void => {
  if (Array.isArray(value)) {
    for (const item of value) apply(rewrite, item, depth, isOfType);
    return;
  }
  const step = rewrite.path[depth];
  if (!isFetched(value) || step === undefined) return;
  if (step.startsWith(fragment)) {
    const typename = own(value, '__typename');
    // An object that was not asked what it is can only be what the plan takes it for.
    if (typename === undefined || isOfType(typename, step.slice(fragment.length)))
      apply(rewrite, value, depth + 1, isOfType);
  } else if (depth < rewrite.path.length - 1) apply(rewrite, own(value, step), depth + 1, isOfType);
  else rewriteKey(rewrite, value, step);
};

const rewriteKey = (rewrite: FetchDataRewrite, object: Fetched, key: string): void => {
  if (rewrite.kind === 'ValueSetter') {
    object[key] = rewrite.setValueTo;
    return;
  }
  if (!Object.hasOwn(object, key)) return;
  put(object, rewrite.renameKeyTo, object[key]);
  delete object[key];
};
