/** A product: what a seller offers, in variants that can be bought. No clock, no ids, no I/O. */
import { equals, type Id, type Money } from '@emporium/domain';
import type { Details } from './details.ts';
import type { Image } from './images.ts';

export type ProductId = Id<'Product'>;
export type VariantId = Id<'Variant'>;
export type SellerId = Id<'User'>;
export type CategoryId = Id<'Category'>;

/** Drafts are not offered yet. Archived products stay for those who bought them, and are offered to nobody. */
export type ProductStatus = 'DRAFT' | 'ACTIVE' | 'ARCHIVED';

/** One article of a product. */
export type Variant = {
  readonly id: VariantId;
  readonly sku: string;
  /** Its own, such as "Blue"; null when the product's says it all. */
  readonly title: string | null;
  readonly price: Money;
  /** Its values for the product's options, in their order. */
  readonly options: readonly string[];
  /** False once it is retired: it stays for those who bought it, and is offered to nobody. */
  readonly active: boolean;
  /** Rises with each change that others hear of. */
  readonly version: number;
};

export type Product = Details & {
  readonly id: ProductId;
  readonly sellerId: SellerId;
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly categoryId: CategoryId | null;
  readonly status: ProductStatus;
  /** What its variants differ in, such as "Size"; no two that are sold have the same values for all of them. */
  readonly options: readonly string[];
  readonly images: readonly Image[];
  /** In the order in which they are shown; at least one is not retired. All have prices in one currency. */
  readonly variants: readonly Variant[];
  /** Rises with each change: whoever edits says which they saw. */
  readonly version: number;
};

export type ProductEvent =
  | { readonly type: 'Offered'; readonly product: Product }
  | {
      readonly type: 'Revised';
      readonly title: string;
      readonly description: string | null;
      readonly categoryId: CategoryId | null;
    }
  | ({ readonly type: 'Detailed' } & Details)
  | {
      readonly type: 'OptionsSet';
      readonly options: readonly string[];
      /** Of every variant that it had, in their order. */
      readonly values: readonly (readonly string[])[];
    }
  | { readonly type: 'ImagesSet'; readonly images: readonly Image[] }
  | { readonly type: 'Renamed'; readonly slug: string }
  | { readonly type: 'VariantAdded'; readonly variant: Variant }
  | {
      readonly type: 'VariantRevised';
      readonly variantId: VariantId;
      readonly title: string | null;
      readonly price: Money;
    }
  | { readonly type: 'VariantActivitySet'; readonly variantId: VariantId; readonly active: boolean }
  | { readonly type: 'StatusChanged'; readonly status: ProductStatus };

/** The product after an event; null before it was offered. */
export const evolve = (product: Product | null, event: ProductEvent): Product => {
  if (event.type === 'Offered') return event.product;
  if (product === null) throw new TypeError(`${event.type} of a product that was never offered`);
  return { ...changed(product, event), version: product.version + 1 };
};

const changed = (product: Product, event: Exclude<ProductEvent, { type: 'Offered' }>): Product => {
  switch (event.type) {
    case 'Revised': {
      const { title, description, categoryId } = event;
      const variants = title === product.title ? product.variants : product.variants.map(risen);
      return { ...product, title, description, categoryId, variants };
    }
    case 'Detailed':
      return { ...product, tags: event.tags, specifications: event.specifications };
    case 'OptionsSet': {
      const variants = product.variants.map((variant, index) => {
        const options = event.values[index] ?? [];
        return isSameList(options, variant.options) ? variant : { ...risen(variant), options };
      });
      return { ...product, options: event.options, variants };
    }
    case 'ImagesSet':
      return { ...product, images: event.images };
    case 'Renamed':
      return { ...product, slug: event.slug };
    case 'VariantAdded':
      return { ...product, variants: [...product.variants, event.variant] };
    case 'VariantRevised': {
      const { variantId, title, price } = event;
      const revise = (variant: Variant): Variant =>
        variant.id === variantId ? { ...risen(variant), title, price } : variant;
      return { ...product, variants: product.variants.map(revise) };
    }
    case 'VariantActivitySet': {
      const { variantId, active } = event;
      const set = (variant: Variant): Variant =>
        variant.id === variantId ? { ...risen(variant), active } : variant;
      return { ...product, variants: product.variants.map(set) };
    }
    case 'StatusChanged':
      return { ...product, status: event.status, variants: product.variants.map(risen) };
  }
};

/** The state after all of them. */
export const evolveAll = (product: Product | null, events: readonly ProductEvent[]): Product | null =>
  events.reduce<Product | null>(evolve, product);

/** A variant that others must hear of again. */
const risen = (variant: Variant): Variant => ({ ...variant, version: variant.version + 1 });

export const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

/** What sets a variant apart from its product's others: its title, else its options; null when nothing does. */
export const ownTitle = ({ title, options }: Pick<Variant, 'title' | 'options'>): string | null =>
  title ?? (options.length > 0 ? options.join(', ') : null);

/** Whether two variants are the same to a buyer. */
export const isSameVariant = (
  a: Pick<Variant, 'title' | 'price'>,
  b: Pick<Variant, 'title' | 'price'>,
): boolean => a.title === b.title && equals(a.price, b.price);

/** The variants that are new or have risen since `before`. */
export const changedVariants = (before: Product | null, after: Product): readonly Variant[] => {
  const versions = new Map(before?.variants.map(({ id, version }) => [id, version]));
  return after.variants.filter(({ id, version }) => versions.get(id) !== version);
};

/** Whether it may become that: what is on sale may have been bought, and ARCHIVED takes it off sale. */
export const mayBecome = (status: ProductStatus, { status: present }: Pick<Product, 'status'>): boolean =>
  !(present === 'ACTIVE' && status === 'DRAFT');

/** Those that are sold where the product is. */
export const soldVariants = ({ variants }: Pick<Product, 'variants'>): readonly Variant[] =>
  variants.filter(({ active }) => active);

/** Whether all prices are in one currency, or were not before: a product that has several is not made worse. */
export const keepsCurrency = (before: Product | null, after: Pick<Product, 'variants'>): boolean =>
  hasOneCurrency(after) || (before !== null && !hasOneCurrency(before));

const hasOneCurrency = ({ variants }: Pick<Product, 'variants'>): boolean =>
  new Set(variants.map(({ price }) => price.currency)).size <= 1;

/** The lowest price of what is sold, in the currency of the first: what lists sort and filter by. */
export const lowestPrice = (product: Product): Money => {
  const [first, ...others] = soldVariants(product).map(({ price }) => price);
  if (!first) throw new TypeError('a product without a variant to sell has no price');
  return others
    .filter(({ currency }) => currency === first.currency)
    .reduce((lowest, price) => (price.minor < lowest.minor ? price : lowest), first);
};
