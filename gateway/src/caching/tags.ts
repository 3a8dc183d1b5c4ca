import type { CacheHints } from './cache-hints.ts';

/**
 * What an answer can depend on, by name. A change of one object touches the object and `any` of its type; a change of
 * a type as a whole touches `all` and `any` of it.
 */
export const everything = '*';
export const anyOf = (type: string): string => `any:${type}`;
export const allOf = (type: string): string => `all:${type}`;
export const objectOf = (type: string, key: readonly unknown[]): string =>
  `${type}:${JSON.stringify(key.map(String))}`;

/** A change as it is told: `key` is the value of the object's key, or its key's fields; without one, the type as a whole. */
export type Change = { readonly typename: string; readonly key?: unknown };

/** What a change touches. A key that is not the one by which objects are known here stands for any object. */
export const touchedBy = ({ typename, key }: Change, keyOf: CacheHints['keyOf']): readonly string[] => {
  const fields = keyOf(typename);
  const values = fields && valuesOf(key, fields);
  return [anyOf(typename), values ? objectOf(typename, values) : allOf(typename)];
};

const valuesOf = (key: unknown, fields: readonly string[]): readonly unknown[] | null => {
  if (isKeyValue(key)) return fields.length === 1 ? [key] : null;
  if (typeof key !== 'object' || key === null || Object.keys(key).length !== fields.length) return null;
  const values = fields.map((field) => (key as Record<string, unknown>)[field]);
  return values.every(isKeyValue) ? values : null;
};

/** Whether a value can be (a field of) a key. */
export const isKeyValue = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
