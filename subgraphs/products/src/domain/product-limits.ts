/** What may be said of a product. Each check answers with what is wrong, in words for a client, or null. */
import { isLonger, isPrintableLine, isPrintableText, type Money } from '@emporium/domain';
import { textOfHtml } from './description.ts';
import { slugOf } from './slug.ts';

const longestTitle = 200;
const longestDescription = 10_000;
/** With its tags; cleaning makes it longer, and what was cleaned may come back. */
const longestHtml = 100_000;
const highestPrice = 10n ** 12n;

/** How many variants one product may have, and how many products one bulk call. */
export const mostVariants = 100;
export const mostRows = 500;

const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;
const sku = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._/+-]{0,62}[\p{L}\p{N}])?$/u;

/** Of something short, called `what`, that is one line of text. */
export const lineProblem = (what: string, text: string, longest: number): string | null => {
  if (!visible.test(text.slice(0, 4 * longest))) return `${what} has at least one character.`;
  if (isLonger(text, longest)) return `${what} has at most ${longest} characters.`;
  return isPrintableLine(text) ? null : `${what} is one line without control characters.`;
};

export const titleProblem = (title: string): string | null => lineProblem('A title', title, longestTitle);

export const descriptionProblem = (description: string): string | null => {
  if (isLonger(description, longestHtml) || isLonger(textOfHtml(description), longestDescription))
    return `A description has at most ${longestDescription} characters, and ${longestHtml} with its tags.`;
  return isPrintableText(description) ? null : 'A description has no control characters.';
};

export const skuProblem = (text: string): string | null =>
  sku.test(text)
    ? null
    : 'A SKU has 1 to 64 letters, digits, spaces or . _ / + -, and starts and ends with a letter or digit.';

export const slugProblem = (slug: string): string | null =>
  slug === slugOf(slug)
    ? null
    : 'A slug has 1 to 80 lower-case letters and digits without accents, joined by single hyphens.';

export const priceProblem = ({ minor }: Money): string | null =>
  minor > 0n && minor <= highestPrice ? null : 'A price is above zero and at most 10^12 minor units.';

export const categoryNameProblem = (name: string): string | null =>
  name.trim() !== '' && [...name].length <= 100 && isPrintableLine(name)
    ? null
    : 'A category’s name has 1 to 100 characters on one line.';
