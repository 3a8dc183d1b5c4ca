import { at, type Variables } from './amount.ts';
import type { SizedPage } from './compile-cost.ts';

/** No list of a subgraph of ours gives longer pages. */
const longestPage = 100;

/** Which page to make shorter, and how short: the argument that sizes it, and words for a client. */
export type Advice = { readonly field?: string; readonly words: string };

/** Of the longest page of an operation that asks for `excess` too much; the outermost of those that are as long. */
export const adviseShorter = (
  pages: readonly SizedPage[],
  of: 'cost' | 'nodes',
  excess: number,
  variables: Variables,
): Advice => {
  const sized = pages.map((page) => ({
    argument: page.argument,
    size: at(page.size, variables),
    share: at(page[of], variables),
  }));
  const longest = sized.reduce<(typeof sized)[number] | null>(
    (known, page) =>
      known && (known.size > page.size || (known.size === page.size && known.share >= page.share))
        ? known
        : page,
    null,
  );
  if (!longest || longest.size <= 1) return { words: 'Ask for shorter pages' };
  const most = Math.floor(longest.size * (1 - excess / longest.share));
  const words =
    most >= 1
      ? `Ask for at most ${Math.min(most, longestPage)} by \`${longest.argument}\``
      : `Ask for shorter pages, and first of all by \`${longest.argument}\``;
  return { field: longest.argument, words };
};
