import DataLoader from 'dataloader';
import type { Catalogue, CategoryView, Listed, Onlooker, Slice } from '../application/catalogue.ts';
import { type CategoryTree, treeOf } from '../domain/category-tree.ts';
import type { ExchangeRate } from '../domain/conversion.ts';
import { isAskable } from './storable.ts';

/** One row for each key, or null. */
const oneEach = <Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
) =>
  new DataLoader<string, Row | null>(async (keys) => {
    const rows = await read(keys.filter(isAskable));
    const byKey = new Map(rows.map((row) => [keyOf(row), row]));
    return keys.map((key) => byKey.get(key) ?? null);
  });

/** All rows of each key, in the order in which they were read. */
const manyEach = <Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
) =>
  new DataLoader<string, readonly Row[]>(async (keys) => {
    const byKey = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const row of await read(keys.filter(isAskable))) byKey.get(keyOf(row))?.push(row);
    return keys.map((key) => byKey.get(key) ?? []);
  });

/** As many changes as are shown, and as many days as a reduced price is compared with. */
export const shownPrices = 50;
export const comparedDays = 30;

/** One request's batched reads, as its viewer: one statement for each kind, however many are asked for. */
export const createLoaders = (catalogue: Catalogue, as: Onlooker) => {
  let rates: Promise<readonly ExchangeRate[]> | undefined;
  let tree: Promise<CategoryTree<CategoryView>> | undefined;
  const productsOfSellers = new Map<string, DataLoader<string, readonly Listed[]>>();
  return {
    product: oneEach(
      (ids) => catalogue.productsById(ids, as),
      ({ id }) => id,
    ),
    variant: oneEach(
      (ids) => catalogue.variantsById(ids, as),
      ({ id }) => id,
    ),
    variantBySku: oneEach(
      (skus) => catalogue.variantsBySku(skus, as),
      ({ sku }) => sku,
    ),
    variantsOf: manyEach(
      (ids) => catalogue.variantsOf(ids, as),
      ({ productId }) => productId,
    ),
    category: oneEach(
      (ids) => catalogue.categoriesById(ids),
      ({ id }) => id,
    ),
    /** Newest first. */
    pricesOf: manyEach(
      (ids) => catalogue.pricesOf(ids, shownPrices, as),
      ({ variantId }) => variantId,
    ),
    lowestPrice: oneEach(
      (ids) => catalogue.lowestPrices(ids, comparedDays, as),
      ({ variantId }) => variantId,
    ),
    /** The newest rates, read once. */
    exchangeRates: (): Promise<readonly ExchangeRate[]> => {
      rates ??= catalogue.exchangeRates();
      return rates;
    },
    /** How categories stand in one another, read once. */
    categoryTree: (): Promise<CategoryTree<CategoryView>> => {
      tree ??= catalogue.categories().then(treeOf);
      return tree;
    },
    /** A loader for each slice: sellers that are asked for the same page share a statement. */
    productsOfSeller: (slice: Slice): DataLoader<string, readonly Listed[]> => {
      const key = JSON.stringify(slice);
      const known = productsOfSellers.get(key);
      if (known) return known;
      const fresh = manyEach<Listed>(
        (ids) => catalogue.listOfSellers(ids, slice, as),
        ({ product }) => product.sellerId,
      );
      productsOfSellers.set(key, fresh);
      return fresh;
    },
  };
};

export type Loaders = ReturnType<typeof createLoaders>;
