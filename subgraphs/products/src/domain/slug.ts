/** A product's name in addresses: made from its title, unique through a number at its end. */

const longest = 80;

/** Lower-case letters and digits of any script, joined by hyphens, without accents: "Café, blue" → "cafe-blue"; `otherwise` where there are none. */
export const slugOf = (title: string, otherwise = 'product'): string => {
  const slug = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return trimmed([...trimmed(slug)].slice(0, longest).join('')) || otherwise;
};

const trimmed = (slug: string): string => slug.replaceAll(/^-+|-+$/g, '');

/** What takes turns over a slug: all that could stand in the way of a new "mug" has the stem "mug". */
export const stemsOf = (slug: string): readonly string[] => [slug, withoutNumber(slug)];

const withoutNumber = (slug: string): string => slug.replace(/-[0-9]+$/, '');

/** The slug itself, or with the lowest number from 2 that makes it free. */
export const freeSlug = (slug: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const numbered = `${slug}-${number}`;
    if (!taken.has(numbered)) return numbered;
  }
};

/** How many free ones of each slug must be known, so that all who want these slugs find one, whoever is first. */
export const countFree = (wanted: readonly string[]): ReadonlyMap<string, number> => {
  const counts = countOf(wanted);
  const numbered = countOf([...counts.keys()].map(withoutNumber));
  return new Map(
    [...counts].map(([slug, count]) => {
      const stem = withoutNumber(slug);
      const isNumbered = stem !== slug;
      // One of those that want the stem may be given this very slug, and those that want it with a number have theirs.
      const others = isNumbered ? (numbered.get(slug) ?? 0) : (numbered.get(slug) ?? 1) - 1;
      return [slug, count + others + (isNumbered && counts.has(stem) ? 1 : 0)];
    }),
  );
};

const countOf = (all: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
};
