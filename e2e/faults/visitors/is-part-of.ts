/** Whether all that is expected is there, whatever else is: of objects the named fields, of arrays each element. */
export const isPartOf = (expected: unknown, actual: unknown): boolean => {
  if (expected === null || typeof expected !== 'object') return Object.is(expected, actual);
  if (actual === null || typeof actual !== 'object') return false;
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length))
    return false;
  return Object.entries(expected).every(([name, value]) =>
    isPartOf(value, (actual as Record<string, unknown>)[name]),
  );
};
