/** What the use cases ask of the outside, inside one database transaction. Infrastructure implements it. */
import type { Instant } from '@emporium/domain';
import type { ExchangeRate } from '../domain/conversion.ts';
import type { CategoryId, Product, ProductId, SellerId, Variant, VariantId } from '../domain/product.ts';
import type { Seller } from '../domain/seller.ts';
import type { VariantFacts } from '../domain/variant-facts.ts';
import type { Images } from './image-ports.ts';
import type { Imports } from './imports/import-ports.ts';

export type Ports = {
  readonly products: Products;
  readonly categories: Categories;
  readonly sellers: Sellers;
  readonly exchangeRates: ExchangeRates;
  readonly imports: Imports;
  readonly stock: Stock;
  readonly images: Images;
  /** Tells the other subgraphs, when the transaction commits. */
  readonly announce: (variants: readonly VariantFacts[], occurredAt: Instant) => Promise<void>;
  /** Tells whoever remembers answers which of them are out of date, when the transaction commits. */
  readonly outdate: (what: readonly Outdated[], occurredAt: Instant) => Promise<void>;
  /** The database's clock. */
  readonly now: () => Promise<Instant>;
  readonly newId: () => string;
  /** A secret that admits whoever has it, and what is kept of it. */
  readonly newTicket: () => { readonly token: string; readonly fingerprint: string };
  readonly fingerprint: (token: string) => string;
};

/** What answers may have shown; without an id, all of its kind and every list of them. */
export type Outdated = {
  readonly what: 'product' | 'variant' | 'seller' | 'category';
  readonly id: string | null;
};

/** A changed product, and which of its variants are new or have risen. */
export type Change = { readonly product: Product; readonly variants: readonly Variant[] };

/** A product by its own id or by a variant's. */
export type ProductKey = { readonly productId: ProductId } | { readonly variantId: VariantId };

/** Always after the seller's lock: its news changes the versions of all its variants. */
export type Products = {
  /** The products that have any of these SKUs, locked until the transaction ends. */
  readonly lockBySku: (skus: readonly string[]) => Promise<readonly Product[]>;
  /** Which product has this variant, and whose it is; null when there is none. Nothing is locked. */
  readonly whose: (which: ProductKey) => Promise<{ productId: ProductId; sellerId: SellerId } | null>;
  /** Locked until the transaction ends; lock its seller first. */
  readonly lockOne: (id: ProductId) => Promise<Product | null>;
  /** Whose slug it is, or was; null when it is free. */
  readonly ownerOfSlug: (slug: string) => Promise<ProductId | null>;
  /**
   * For each slug so many that no product has or had: the slug itself, and then with numbers at its end. They stay free until
   * the transaction ends.
   */
  readonly freeSlugs: (
    wanted: ReadonlyMap<string, number>,
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly save: (changes: readonly Change[]) => Promise<void>;
  /** The facts of up to `limit` variants in order of their ids, after the given one. */
  readonly facts: (after: VariantId | null, limit: number) => Promise<readonly VariantFacts[]>;
  /** Raises the version of all of a seller's variants; says what is then true of them. */
  readonly raiseVariantsOf: (seller: SellerId) => Promise<readonly VariantFacts[]>;
};

export type Categories = {
  /** The ids of those that exist. */
  readonly idsBySlug: (slugs: readonly string[]) => Promise<ReadonlyMap<string, CategoryId>>;
  /** All there are, and nobody else changes any of them until the transaction ends. */
  readonly lockAll: () => Promise<readonly Category[]>;
  readonly save: (category: Category) => Promise<void>;
  /** Removes it, unless a product stands in it: then false. */
  readonly removeEmpty: (id: CategoryId) => Promise<boolean>;
};

export type Category = {
  readonly id: CategoryId;
  readonly slug: string;
  readonly name: string;
  readonly parentId: CategoryId | null;
};

export type ExchangeRates = {
  /** The last rate that was set for each currency on this very day. */
  readonly setOn: (onDate: string) => Promise<readonly ExchangeRate[]>;
  /** Each is a row of its own for good. */
  readonly add: (rates: readonly ExchangeRate[], by: string) => Promise<void>;
};

/** Whether a variant can be ordered, as inventory told in a version. */
export type VariantStock = {
  readonly variantId: VariantId;
  readonly inStock: boolean;
  readonly version: number;
};

export type Stock = {
  /**
   * Keeps what has a higher version than ours, of variants that are not here yet, too. At most one for each variant.
   * Answers the products that came into stock by it, or went out of it.
   */
  readonly keep: (heard: readonly VariantStock[]) => Promise<readonly ProductId[]>;
};

export type Sellers = {
  /**
   * What we know of a seller, held still until the transaction ends: `write` by one at a time, `read` by many. A seller
   * that we have not heard of gets a row, so that there is something to lock.
   */
  readonly lock: (id: SellerId, mode: 'read' | 'write') => Promise<Seller>;
  readonly save: (seller: Seller) => Promise<void>;
};
