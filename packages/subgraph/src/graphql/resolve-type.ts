/** Which member of a union a value is: every value says it itself. */
export const resolveType = (value: object): string => {
  if ('__typename' in value && typeof value.__typename === 'string') return value.__typename;
  throw new TypeError('a union value does not say its type');
};
