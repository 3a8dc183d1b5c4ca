export const shortestPassword = 10;
export const longestPassword = 128;

/** One spelling for what looks the same, so that a password typed on another keyboard still matches. */
export const normalisePassword = (text: string): string => text.normalize('NFKC');

/** In code points: what a person would count, never bytes. */
const lengthOf = (text: string): number => [...text].length;

export const isTooLong = (password: string): boolean =>
  password.length > 2 * longestPassword || lengthOf(password) > longestPassword;

export const isTooShort = (password: string): boolean => lengthOf(password) < shortestPassword;
