import { type Fetched, isFetched, own } from './fetched.ts';

/** A path into fetched data as query plans write it: '@' goes through a list. */
export type PlanPath = readonly (string | number)[];

export type ResultPath = readonly (string | number)[];

/** The objects at a path, in the data's order. What is null or missing leads nowhere. */
export const objectsAt = (data: Fetched, path: PlanPath): Fetched[] => {
  const found: Fetched[] = [];
  walk(data, path, 0, (object) => found.push(object));
  return found;
};

/** Where each of those objects is, in the same order: for errors, which are few. */
export const pathsAt = (data: Fetched, path: PlanPath): ResultPath[] => {
  const found: ResultPath[] = [];
  const trail: (string | number)[] = [];
  walk(data, path, 0, () => found.push([...trail]), trail);
  return found;
};

const walk = (
  value: unknown,
  path: PlanPath,
  depth: number,
  visit: (object: Fetched) => void,
  trail?: (string | number)[],
): void => {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const below = path[depth] === '@' ? depth + 1 : depth;
    for (const [index, item] of value.entries()) {
      trail?.push(index);
      walk(item, path, below, visit, trail);
      trail?.pop();
    }
    return;
  }
  if (!isFetched(value)) return;
  if (depth === path.length) {
    visit(value);
    return;
  }
  const key = String(path[depth]);
  trail?.push(key);
  walk(own(value, key), path, depth + 1, visit, trail);
  trail?.pop();
};
