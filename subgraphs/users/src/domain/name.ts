export const longestName = 100;

/** Controls, halves of characters, and marks that turn the reading direction of what follows. */
const unprintable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** A person's or a shop's name with single spaces, or null when it is empty, too long or not printable. */
export const tidyName = (text: string): string | null => {
  if (text.length > 4 * longestName) return null;
  const name = text.normalize('NFC').trim().replaceAll(/\s+/gu, ' ');
  return name === '' || [...name].length > longestName || unprintable.test(name) ? null : name;
};
