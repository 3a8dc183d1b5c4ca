/** The most that one entry of the books moves, in minor units. */
export const highestAmount = 10n ** 12n;
