import type { ExecutionResult } from 'graphql';

type Path = readonly (string | number)[];

/**
 * What a result says, to be compared. Of an error it is the place that counts which is null because of it: the field
 * itself, or what a null that may not stand there has nulled above it. Of several errors that null the same place, which
 * ones are told depends on the order of execution. An error in a field that nobody asked of this object does not count: a
 * subgraph that knows an interface as an object type is asked for the fields of all that implement it.
 */
export const saidBy = ({ data, errors }: ExecutionResult): { data: unknown; errors: readonly string[] } => {
  const plain: unknown = JSON.parse(JSON.stringify(data ?? null));
  const places = (errors ?? []).flatMap(({ path, message }) => {
    if (!path) throw new Error(`an error without a path: ${message}`);
    return nulledBy(path, plain)?.join('.') ?? [];
  });
  return { data: plain, errors: [...new Set(places)].sort() };
};

/** Null for a place that the data does not have. */
const nulledBy = (path: Path, data: unknown): Path | null => {
  let value = data;
  for (const [depth, step] of path.entries()) {
    if (value === null) return path.slice(0, depth);
    value = (value as Record<string | number, unknown>)[step];
    if (value === undefined) return null;
  }
  return path;
};
