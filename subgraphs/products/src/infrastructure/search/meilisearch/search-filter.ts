/** A search's filter in the language of Meilisearch. */
import type { Filter, Onlooker, OptionFilter } from '../../../application/catalogue.ts';
import type { SearchSort } from '../../../application/search-engine.ts';
import { combination, currencyKey, idKeys } from './products-index.ts';

/** A text as a value, whatever is in it. */
const text = (value: string): string =>
  `"${value
    .replaceAll(/[\p{Surrogate}\p{Cc}]/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`;

const oneOf = (attribute: string, values: readonly string[]): string =>
  `${attribute} IN [${values.map(text).join(', ')}]`;

/** What the onlooker may see. */
export const visibleTo = ({ id, isAdmin }: Onlooker): readonly string[] => {
  if (isAdmin) return [];
  return [id === null ? 'isVisible = true' : `(isVisible = true OR sellerId = ${text(id)})`];
};

export const amongIds = (ids: readonly string[]): string => oneOf('id', ids);

/** `categoryIds` are the filter's category and those below it. Null where nothing can match. */
export const conditionsOf = (
  { ids, sellerId, lowestPrice, highestPrice, inStock, tags, options }: Filter,
  categoryIds: readonly string[] | null,
): readonly string[] | null => {
  if (ids?.length === 0 || categoryIds?.length === 0) return null;
  return [
    ids && amongIds(ids),
    sellerId !== undefined && `sellerId = ${text(sellerId)}`,
    categoryIds && oneOf('categoryId', categoryIds),
    lowestPrice && `currency = ${text(lowestPrice.currency)} AND minor >= ${lowestPrice.minor}`,
    highestPrice && `currency = ${text(highestPrice.currency)} AND minor <= ${highestPrice.minor}`,
    inStock !== undefined && `inStock = ${inStock}`,
    ...(tags ?? []).map((tag) => `tags = ${text(tag)}`),
    options && options.length > 0 && oneOf('optionTerms', choicesOf(options)),
  ].filter((condition) => typeof condition === 'string');
};

/** How many choices of options a filter makes; Meilisearch is asked for each. */
export const choicesIn = ({ options = [] }: Filter): number =>
  options.reduce((product, { terms }) => product * terms.length, 1);

/** One term of each, in every way, as `combinationsOf` a variant has it. */
const choicesOf = (options: readonly OptionFilter[]): string[] =>
  options
    .reduce<string[][]>(
      (choices, { terms }) => choices.flatMap((choice) => terms.map((term) => [...choice, term])),
      [[]],
    )
    .map((choice) => combination([...new Set(choice)]));

type Step = { readonly by: string; readonly value: number };

/** How a sort goes: its attributes, all one way, and what a cursor's values are of each. */
const sorts: Record<
  Exclude<SearchSort, 'RELEVANCE'>,
  { readonly descending: boolean; readonly steps: (key: readonly string[]) => readonly Step[] }
> = {
  NEWEST: { descending: true, steps: ([id = '']) => idSteps(id) },
  PRICE_ASC: { descending: false, steps: (key) => priceSteps(key) },
  PRICE_DESC: { descending: true, steps: (key) => priceSteps(key) },
};

const idSteps = (id: string): Step[] => Object.entries(idKeys(id)).map(([by, value]) => ({ by, value }));

const priceSteps = ([currency = '', minor = '0', id = '']: readonly string[]): Step[] => [
  { by: 'currencyKey', value: currencyKey(currency) },
  { by: 'minor', value: Number(minor) },
  ...idSteps(id),
];

/** The parameter `sort`. */
export const orderOf = (sort: Exclude<SearchSort, 'RELEVANCE'>): string[] => {
  const { descending, steps } = sorts[sort];
  return steps([]).map(({ by }) => `${by}:${descending ? 'desc' : 'asc'}`);
};

/** What comes after a cursor's values, in that order. */
export const isAfter = (sort: Exclude<SearchSort, 'RELEVANCE'>, key: readonly string[]): string => {
  const { descending, steps } = sorts[sort];
  const beyond = descending ? '<' : '>';
  const all = steps(key);
  return `(${all
    .map(({ by, value }, index) =>
      [...all.slice(0, index).map((step) => `${step.by} = ${step.value}`), `${by} ${beyond} ${value}`].join(
        ' AND ',
      ),
    )
    .map((alternative) => `(${alternative})`)
    .join(' OR ')})`;
};
