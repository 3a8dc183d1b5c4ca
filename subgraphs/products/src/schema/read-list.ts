import { isLonger } from '@emporium/domain';
import { badUserInput, type MoneyInput, type Page, readMoney, readPage } from '@emporium/subgraph';
import { type Filter, type Slice, type Sort, sorts } from '../application/catalogue.ts';
import type { Search } from '../application/search-engine.ts';
import { folded, mostTags } from '../domain/details.ts';
import { mostOptions, optionTerm } from '../domain/options.ts';

import type { ProductFilter } from './product-filter.input.ts';
import { isAskable, storable } from './storable.ts';

const shapes = {
  text: /^\P{Cc}*$/u,
  integer: /^-?\d{1,18}$/,
  number: /^\d{1,6}(\.\d{1,12})?(e-?\d{1,2})?$/,
} as const;

/** A page of one sort's list; BAD_USER_INPUT for a cursor of another. `page` is for `toConnection`. */
export const readSlice = (
  first: number | null | undefined,
  after: string | null | undefined,
  sort: Sort,
): { page: Page; slice: Slice } => {
  const types = sorts[sort];
  const page = readPage(first, after, types.length + 1);
  const [name, ...values] = page.after ?? [sort];
  const isOurs =
    name === sort && values.every((value, index) => shapes[types[index] ?? 'text'].test(value));
  if (!isOurs)
    throw badUserInput('`after` must be an `endCursor` of the same list in the same order.', 'after');
  return { page, slice: { limit: page.limit + 1, after: page.after && values } };
};

const mostIds = 100;
const mostOptionValues = 50;

/** A filter, checked. What is not shaped like an id or a slug matches nothing. */
export const readFilter = (filter: ProductFilter | null | undefined): Filter => {
  const { ids, sellerId, status, categorySlug, minPrice, maxPrice, inStock, tags, options } = filter ?? {};
  if (ids && ids.length > mostIds) throw badUserInput(`Ask for at most ${mostIds} ids.`, 'filter.ids');
  if (minPrice && maxPrice && minPrice.currency !== maxPrice.currency)
    throw badUserInput('`minPrice` and `maxPrice` must have one currency.', 'filter.maxPrice');
  return {
    ids: ids?.filter(isAskable),
    sellerId: sellerId == null ? undefined : storable(sellerId),
    status: status ?? undefined,
    categorySlug: categorySlug == null ? undefined : storable(categorySlug),
    lowestPrice: readLimit(minPrice, 'filter.minPrice'),
    highestPrice: readLimit(maxPrice, 'filter.maxPrice'),
    inStock: inStock ?? undefined,
    tags: atMost(tags, mostTags, 'filter.tags')?.map((tag) => folded(storable(tag))),
    options: atMost(options, mostOptions, 'filter.options')?.map(({ name, values }, index) => ({
      terms: (atMost(values, mostOptionValues, `filter.options.${index}.values`) ?? []).map((value) =>
        optionTerm({ name: storable(name), value: storable(value) }),
      ),
    })),
  };
};

const atMost = <T>(given: readonly T[] | null | undefined, most: number, field: string) => {
  if (given && given.length > most) throw badUserInput(`Ask for at most ${most}.`, field);
  return given ?? undefined;
};

const readLimit = (price: MoneyInput | null | undefined, field: string) => {
  if (!price) return undefined;
  const limit = readMoney(price, field);
  if (limit.minor < 0n) throw badUserInput('A price is not below zero.', field);
  return limit;
};

const longestQuery = 200;

/** What somebody typed, on one line; BAD_USER_INPUT when it is too much. */
export const readTyped = (query: string): string => {
  if (isLonger(query, longestQuery))
    throw badUserInput(`\`query\` has at most ${longestQuery} characters.`, 'query');
  return query.replaceAll(/\p{Cc}/gu, ' ').trimStart();
};

/** What to look for; BAD_USER_INPUT when there is nothing, or too much. */
export const readSearch = (query: string, filter: ProductFilter | null | undefined): Search => {
  const typed = readTyped(query);
  if (typed === '') throw badUserInput('Say what to look for.', 'query');
  if (filter?.status) throw badUserInput('Searches know no status; `products` does.', 'filter.status');
  return { query: typed, filter: readFilter(filter) };
};
