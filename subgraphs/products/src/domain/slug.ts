/** A product's name in addresses: made from its title, unique through a number at its end. */

const longest = 80;

/** Lower-case letters and digits of any script, joined by hyphens, without accents: "Café, blue" → "cafe-blue". */
export const slugOf = (title: string): string => {
  const slug = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return trimmed([...trimmed(slug)].slice(0, longest).join('')) || 'product';
};

const trimmed = (slug: string): string => slug.replaceAll(/^-+|-+$/g, '');

/** A slug without the number at its end: all that could stand in the way of a new "mug" has the stem "mug". */
export const stemsOf = (slug: string): readonly string[] => [slug, slug.replace(/-[0-9]+$/, '')];

/** The slug itself, or with the lowest number from 2 that makes it free. */
export const freeSlug = (slug: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const numbered = `${slug}-${number}`;
    if (!taken.has(numbered)) return numbered;
  }
};
