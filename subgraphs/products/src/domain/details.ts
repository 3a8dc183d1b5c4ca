/** What is said of a product beside its text: tags that group it with others, and specifications. */
import { lineProblem } from './product-limits.ts';

export const mostTags = 20;
const longestTag = 40;
const mostSpecifications = 50;
const longestName = 80;
const longestValue = 500;

/** One line of a table: "Weight", "350 g". */
export type Specification = { readonly name: string; readonly value: string };

export type Details = {
  /** In the order in which they were given, none twice. */
  readonly tags: readonly string[];
  readonly specifications: readonly Specification[];
};

/** Text as it is kept: composed, without compatibility forms such as "ﬁ", and with single spaces. */
export const tidied = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();

/** What makes two spellings one. */
export const folded = (text: string): string => tidied(tidied(text).toLowerCase());

/** Tags as they are kept: each once. */
export const tagsOf = (tags: readonly string[]): string[] => [...new Set(tags.map(folded))];

export const specificationsOf = (specifications: readonly Specification[]): Specification[] =>
  specifications.map(({ name, value }) => ({ name: tidied(name), value: tidied(value) }));

/** What is wrong, and where: `path` is what follows the field's name, such as `3` or `3.value`. */
export type Problem = { readonly message: string; readonly path: string };

/** Looks at no tag when there are too many. */
export const tagsProblem = (tags: readonly string[]): Problem | null => {
  if (tags.length > mostTags) return { message: `A product has at most ${mostTags} tags.`, path: '' };
  return firstProblem(tags, (tag) => ({ '': shortProblem('A tag', tag, longestTag) }));
};

export const specificationsProblem = (specifications: readonly Specification[]): Problem | null => {
  if (specifications.length > mostSpecifications)
    return { message: `A product has at most ${mostSpecifications} specifications.`, path: '' };
  return firstProblem(specifications, ({ name, value }) => ({
    name: shortProblem('A specification’s name', name, longestName),
    value: shortProblem('A specification’s value', value, longestValue),
  }));
};

/** Of a text that will be tidied; what is far too long is not even looked at. */
export const shortProblem = (what: string, text: string, longest: number): string | null =>
  lineProblem(what, text.length > 10 * longest ? text : tidied(text), longest);

/** The first of many that has a problem with any of its parts. */
export const firstProblem = <T>(
  all: readonly T[],
  problemsOf: (each: T) => Readonly<Record<string, string | null>>,
): Problem | null => {
  for (const [index, each] of all.entries())
    for (const [part, message] of Object.entries(problemsOf(each)))
      if (message !== null) return { message, path: part === '' ? `${index}` : `${index}.${part}` };
  return null;
};

export const isSameDetails = (a: Details, b: Details): boolean =>
  a.tags.length === b.tags.length &&
  a.tags.every((tag, index) => tag === b.tags[index]) &&
  a.specifications.length === b.specifications.length &&
  a.specifications.every(
    ({ name, value }, index) =>
      name === b.specifications[index]?.name && value === b.specifications[index]?.value,
  );
