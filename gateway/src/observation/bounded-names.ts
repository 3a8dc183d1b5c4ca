/** What there is no room for. */
export const other = 'other';

/**
 * Keeps the values of a label few: clients choose their names, and every name is a series that is kept for ever. The first
 * `most` names stay themselves; later ones are `other`.
 */
export const createBoundedNames = (most: number): ((name: string) => string) => {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most) return other;
    known.add(name);
    return name;
  };
};
