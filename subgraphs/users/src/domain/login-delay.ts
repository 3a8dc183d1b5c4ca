const firstDelaySeconds = 60;

/**
 * How long the next login to an account from a network has to wait after so many failed ones in a row, in seconds: nothing
 * until the limit is met, then a minute, and twice as long each time that it is met again. Null for no wait.
 */
export const delayAfter = (
  failures: number,
  { limit, longestSeconds }: { readonly limit: number; readonly longestSeconds: number },
): number | null => {
  if (failures === 0 || failures % limit !== 0) return null;
  return Math.min(firstDelaySeconds * 2 ** (failures / limit - 1), longestSeconds);
};
