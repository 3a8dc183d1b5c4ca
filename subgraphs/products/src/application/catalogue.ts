/** What screens read: always as somebody, who sees what is on sale, what is its own, or, as ADMIN, everything. */
import type { Instant, Money } from '@emporium/domain';
import type { ExchangeRate } from '../domain/conversion.ts';
import type { Specification } from '../domain/details.ts';
import type { Image } from '../domain/images.ts';
import type { OptionValue } from '../domain/options.ts';
import type { ProductStatus } from '../domain/product.ts';

/** Who looks. */
export type Onlooker = { readonly id: string | null; readonly isAdmin: boolean };

export type ProductView = {
  readonly id: string;
  readonly sellerId: string;
  readonly categoryId: string | null;
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly status: ProductStatus;
  readonly version: number;
  readonly tags: readonly string[];
  readonly specifications: readonly Specification[];
  readonly options: readonly string[];
  readonly images: readonly Image[];
  readonly createdAt: Instant;
};

export type VariantView = {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  /** Its own title, else its options, else the product's title. */
  readonly title: string;
  readonly options: readonly OptionValue[];
  readonly active: boolean;
  readonly price: Money;
};

export type CategoryView = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly parentId: string | null;
};

/** A price, and from when on it was asked. */
export type PriceView = { readonly variantId: string; readonly price: Money; readonly since: Instant };

/** How a list is sorted, and what its cursors hold beside the sort's name: text, or whole numbers. */
export const sorts = {
  NEWEST: ['text'],
  TITLE: ['text', 'text'],
  PRICE_ASC: ['text', 'integer', 'text'],
  PRICE_DESC: ['text', 'integer', 'text'],
  RELEVANCE: ['number', 'text'],
} as const satisfies Record<string, readonly ('text' | 'integer' | 'number')[]>;

export type Sort = keyof typeof sorts;

/** `limit` rows after the row whose sort values are `after`. */
export type Slice = { readonly limit: number; readonly after: readonly string[] | null };

/** A row of a list with its sort values. */
export type Listed = { readonly product: ProductView; readonly key: readonly string[] };

/** Terms of one option, of which any will do. */
export type OptionFilter = { readonly terms: readonly string[] };

export type Filter = {
  readonly ids?: readonly string[] | undefined;
  readonly sellerId?: string | undefined;
  readonly status?: ProductStatus | undefined;
  /** Products in categories below it count too. */
  readonly categorySlug?: string | undefined;
  readonly lowestPrice?: Money | undefined;
  readonly highestPrice?: Money | undefined;
  /** Any of its variants can be ordered, or none can. */
  readonly inStock?: boolean | undefined;
  /** All of them, folded. */
  readonly tags?: readonly string[] | undefined;
  /** One variant has for each of these one of its values. */
  readonly options?: readonly OptionFilter[] | undefined;
};

/** Port. Batch reads answer in no order and leave out what does not exist or may not be seen; each is one statement. */
export type Catalogue = {
  readonly productsById: (ids: readonly string[], as: Onlooker) => Promise<readonly ProductView[]>;
  /** By what a slug is, or was: who follows an old address finds the product. */
  readonly productsBySlug: (slugs: readonly string[], as: Onlooker) => Promise<readonly ProductView[]>;
  readonly variantsById: (ids: readonly string[], as: Onlooker) => Promise<readonly VariantView[]>;
  readonly variantsBySku: (skus: readonly string[], as: Onlooker) => Promise<readonly VariantView[]>;
  /** In the order in which each product shows them. */
  readonly variantsOf: (productIds: readonly string[], as: Onlooker) => Promise<readonly VariantView[]>;
  /** What each variant cost, the newest `limit` prices first; of those only that the viewer may edit. */
  readonly pricesOf: (
    variantIds: readonly string[],
    limit: number,
    as: Onlooker,
  ) => Promise<readonly PriceView[]>;
  /** The lowest price of each variant in its present currency during the last so many days. */
  readonly lowestPrices: (
    variantIds: readonly string[],
    days: number,
    as: Onlooker,
  ) => Promise<readonly Omit<PriceView, 'since'>[]>;
  /** The newest rate of each currency. */
  readonly exchangeRates: () => Promise<readonly ExchangeRate[]>;
  readonly categoriesById: (ids: readonly string[]) => Promise<readonly CategoryView[]>;
  /** All, by name. */
  readonly categories: () => Promise<readonly CategoryView[]>;
  readonly list: (sort: Sort, filter: Filter, slice: Slice, as: Onlooker) => Promise<readonly Listed[]>;
  /** The same slice of several sellers' products, newest first. */
  readonly listOfSellers: (
    sellerIds: readonly string[],
    slice: Slice,
    as: Onlooker,
  ) => Promise<readonly Listed[]>;
};
