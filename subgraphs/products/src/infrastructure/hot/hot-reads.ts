import type { Redis } from 'ioredis';
import type { Outdated } from '../../application/ports.ts';
import type { CatalogueReads, StoredReads } from '../catalogue-reads.ts';
import { type ProductEntry, toEntry } from '../product-entry.ts';
import { askedAgain } from './asked-again.ts';
import { createKept } from './kept.ts';
import { createShared } from './shared.ts';

/** Whatever is told or not, nothing kept is older. */
const maxAgeMs = 60_000;
const mostCategories = 10_000;
/** Of how many products this process knows that they were asked for before: an id each. */
const mostKnown = 50_000;

export type HotReads = CatalogueReads & {
  /** Call with what a commit changed, ours or anybody’s: who reads after it sees the change. */
  forget(outdated: readonly Outdated[]): Promise<void>;
  /** Call when changes are heard again: some may have been missed. */
  forgetAll(): Promise<void>;
};

type Options = {
  /** Keeps products for all replicas, and over restarts. */
  readonly redis: Redis;
  /** How much of its memory this process keeps products in. */
  readonly mostBytes: number;
  /** Whether changes that others make are heard; while they are not, nothing that this process keeps is used. */
  readonly isTold: () => boolean;
};

/** Reads that keep products (in this process, and in Redis those that it is asked for again) and categories (in this process) until they are told to have changed. */
export const createHotReads = (stored: StoredReads, { redis, mostBytes, isTold }: Options): HotReads => {
  const shared = createShared(redis, 'emporium:products:hot', stored.products, maxAgeMs);
  // What is asked for once is cold: Redis would have to be asked, and told, for nothing.
  const read = askedAgain(stored.products, shared.get, mostKnown);
  const products = createKept<ProductEntry>(
    async (ids) => new Map([...(await read(ids))].map(([id, row]) => [id, toEntry(row)])),
    { mostSize: mostBytes, sizeOf: bytesOf, maxAgeMs, isTold },
  );
  const categories = createKept(stored.categories, {
    mostSize: mostCategories,
    sizeOf: () => 1,
    maxAgeMs,
    isTold,
  });

  /** In this process once more at the end: meanwhile it may have read what Redis had still. */
  const forgetProducts = async (here: () => void, everywhere: () => Promise<void>): Promise<void> => {
    here();
    await everywhere();
    here();
  };
  const forgetAllProducts = () => forgetProducts(products.forgetAll, shared.forgetAll);

  return {
    products: products.get,
    categories: categories.get,
    forget: async (outdated) => {
      if (outdated.some(({ what }) => what === 'category')) categories.forgetAll();
      const changed = outdated.flatMap(({ what, id }) => (what === 'product' ? [id] : []));
      const ids = changed.filter((id) => id !== null);
      if (ids.length < changed.length) await forgetAllProducts();
      else if (ids.length > 0)
        await forgetProducts(
          () => products.forget(ids),
          () => shared.forget(ids),
        );
    },
    forgetAll: async () => {
      categories.forgetAll();
      await forgetAllProducts();
    },
  };
};

/** About: texts have two bytes a letter, and each object some around it. */
const bytesOf = ({ product, variants }: ProductEntry): number =>
  2 * (product.title.length + (product.description?.length ?? 0)) +
  1_000 +
  50 * (product.tags.length + product.specifications.length * 4) +
  500 * variants.length;
