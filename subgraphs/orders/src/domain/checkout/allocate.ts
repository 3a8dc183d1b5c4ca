/** A part of a sum, by its weight. The key breaks ties, so that the order of the parts is without effect. */
export type Share = { readonly key: string; readonly weight: bigint };

/**
 * Divides an amount by weight so that the parts sum to it exactly: each gets its share rounded down, and the units left
 * go to the largest remainders (of equal ones, the first by key). With an amount of at most the weights' sum, no part is
 * above its weight. Parts come in the order of the shares.
 */
export const allocate = (amount: bigint, shares: readonly Share[]): readonly bigint[] => {
  const whole = shares.reduce((sum, { weight }) => sum + weight, 0n);
  if (whole === 0n) {
    if (amount !== 0n) throw new RangeError('nothing can be divided among no weights');
    return shares.map(() => 0n);
  }
  const parts = shares.map(({ weight }) => (amount * weight) / whole);
  let left = amount - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = shares
    .map(({ key, weight }, index) => ({ key, index, remainder: (amount * weight) % whole }))
    .toSorted((a, b) => Number(b.remainder - a.remainder) || (a.key < b.key ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
};
