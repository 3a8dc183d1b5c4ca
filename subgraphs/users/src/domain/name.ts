export const longestName = 100;

/** What somebody is called of whom no name is known. */
export const namelessName = 'Customer';

/** Controls, halves of characters, and marks that turn the reading direction of what follows. */
const unprintable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** Letters and marks that take no ink, such as Hangul fillers; but those that join or dress letters of living scripts and emoji. */
const invisible =
  /(?!\u200c|\u200d|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Something to see: not marks and blanks of width zero alone. */
const visible = /[\p{L}\p{N}\p{S}\p{P}]/u;

/**
 * Names are in mail that we send: nobody is to write links there. Mail programs make one of a bare "evil.com" or "192.0.2.1" too;
 * which endings are domains changes by the month, so a dot within a word is not for names, "J.Smith" neither.
 */
const linkLike = /:\s*\/\s*\/|www\s*\.|[\p{L}\p{N}]\.[\p{L}\p{M}]{2,}|\d\.\d+\.\d/iu;

/** As programs that look for links read it: wide letters are plain ones, and an ideographic stop is a dot. */
const undress = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('\u3002', '.');

/** Text on one line with single spaces, or null when it is empty, too long or not printable. */
export const tidyLine = (text: string, longest: number): string | null => {
  if (text.length > 4 * longest) return null;
  const line = text.normalize('NFC').trim().replaceAll(/\s+/gu, ' ');
  if (line === '' || [...line].length > longest) return null;
  return unprintable.test(line) || invisible.test(line) || !visible.test(line) ? null : line;
};

/** A person's or a shop's name: without links. */
export const tidyName = (text: string): string | null => {
  const name = tidyLine(text, longestName);
  return name !== null && linkLike.test(undress(name)) ? null : name;
};
