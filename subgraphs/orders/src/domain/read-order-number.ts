/** Numbers of orders as people write and read them out. */

/** What an eye or an ear takes for another sign; the numbers themselves have neither O, I nor L. */
const lookAlikes: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Whatever people put between the groups. */
const between = /[\s\p{Pd}._]/gu;
const characters = 12;
/** No number takes so long to write. */
const longest = 64;

/**
 * The beginning of an order's number, or all of it, as numbers are stored: capitals in groups of four. Small letters, spaces,
 * dashes and look-alikes make no difference. Null for what no number begins with.
 */
export const readNumberStart = (text: string): string | null => {
  if (text.length > longest) return null;
  const folded = text
    .toUpperCase()
    .replace(between, '')
    .replace(/[OIL]/g, (sign) => lookAlikes[sign] ?? sign);
  if (folded.length > characters || !/^[0-9A-HJKMNP-TV-Z]+$/.test(folded)) return null;
  return folded.replace(/(.{4})(?=.)/g, '$1-');
};

/** A whole number; null for anything else. */
export const readOrderNumber = (text: string): string | null => {
  const start = readNumberStart(text);
  return start?.length === characters + 2 ? start : null;
};
