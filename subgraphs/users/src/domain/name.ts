export const longestName = 100;

/** Controls, halves of characters, and marks that turn the reading direction of what follows. */
const unprintable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** Text on one line with single spaces, or null when it is empty, too long or not printable. */
export const tidyLine = (text: string, longest: number): string | null => {
  if (text.length > 4 * longest) return null;
  const line = text.normalize('NFC').trim().replaceAll(/\s+/gu, ' ');
  return line === '' || [...line].length > longest || unprintable.test(line) ? null : line;
};

/** A person's or a shop's name. */
export const tidyName = (text: string): string | null => tidyLine(text, longestName);
