/** Data as it comes from subgraphs and grows while a plan runs. Only own properties count: names are the client's to choose. */
export type Fetched = { [key: string]: unknown };

export const isFetched = (value: unknown): value is Fetched =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const own = (object: Fetched, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** An object that a subgraph should have told the type of, and did not know. A symbol: subgraphs cannot send it. */
const unresolved = Symbol('of a type that no subgraph told');

export const markUnresolved = (object: Fetched): void => {
  Object.defineProperty(object, unresolved, { value: true, configurable: true });
};

export const isUnresolved = (object: Fetched): boolean => Object.hasOwn(object, unresolved);

/** An object that the subgraph whose it is does not know: deleted, or not for this viewer's eyes. */
const absent = Symbol('not known to its subgraph');

export const markAbsent = (object: Fetched): void => {
  Object.defineProperty(object, absent, { value: true, configurable: true });
};

export const isAbsent = (object: Fetched): boolean => Object.hasOwn(object, absent);

/** Sets an own property, also one that is called `__proto__`, which a plain assignment would take for something else. */
export const put = (object: Fetched, key: string, value: unknown): void => {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
};

/**
 * Merges what another subgraph says of the same object into `target`, in place. An object wins over null, whichever came
 * first: the subgraph that could not say more does not take back what another said.
 */
export const merge = (target: Fetched, source: Fetched): void => {
  for (const key of Object.keys(source)) put(target, key, merged(own(target, key), source[key]));
};

const merged = (present: unknown, incoming: unknown): unknown => {
  if (typeof present !== 'object' || present === null) return incoming;
  if (incoming === null || incoming === undefined) return present;
  if (Array.isArray(present))
    return Array.isArray(incoming) && incoming.length === present.length
      ? incoming.map((item, index) => merged(present[index], item))
      : incoming;
  if (!isFetched(incoming)) return incoming;
  merge(present as Fetched, incoming);
  return present;
};
