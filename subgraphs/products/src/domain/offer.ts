/** Offering products: one that must be new, or one that may be known already by its SKUs. */
import { accept, type Decision, type Money, refuse } from '@emporium/domain';
import { detailsChange, kept, optionsChange } from './content-changes.ts';
import type { Specification } from './details.ts';
import { type Arranged, arrange, type OptionValue } from './options.ts';
import {
  type CategoryId,
  evolve,
  isSameVariant,
  keepsCurrency,
  type Product,
  type ProductEvent,
  type ProductId,
  type ProductStatus,
  type SellerId,
  type VariantId,
} from './product.ts';
import { mostVariants } from './product-limits.ts';

/** What a seller says of a product. What is undefined stays as it is, or is null on a new product. */
export type Offer = {
  /** Taken when the product is new. */
  readonly productId: ProductId;
  readonly sellerId: SellerId;
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly categorySlug?: string | null | undefined;
  /** Of a new product; a known one keeps its own, unless `offerWhole` decides. */
  readonly status?: ProductStatus | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly specifications?: readonly Specification[] | undefined;
  /** What the variants differ in; each variant then says its values. */
  readonly options?: readonly string[] | undefined;
  readonly variants: readonly OfferedVariant[];
};

export type OfferedVariant = {
  /** Taken when the SKU is new. */
  readonly id: VariantId;
  readonly sku: string;
  readonly title?: string | null | undefined;
  readonly price: Money;
  readonly options?: readonly OptionValue[] | undefined;
};

/** What the shop already has that matters to an offer. */
export type Shop = {
  /** Products that have any of the offered SKUs, by SKU. */
  readonly bySku: ReadonlyMap<string, Product>;
  readonly categories: ReadonlyMap<string, CategoryId>;
  /** Made from the offer's title, and free: what the product is called in addresses if it is new. */
  readonly freeSlug: string;
};

export type OfferRefusal =
  | 'SKU_TAKEN'
  | 'CATEGORY_UNKNOWN'
  | 'TOO_MANY_VARIANTS'
  | 'OPTIONS_MISMATCH'
  | 'CURRENCIES_DIFFER';
export type OfferDecision = Decision<ProductEvent, OfferRefusal>;

/** The products that have any of the offered SKUs, each once. */
export const knownProducts = ({ variants }: Pick<Offer, 'variants'>, { bySku }: Pick<Shop, 'bySku'>) => [
  ...new Set(variants.flatMap(({ sku }) => bySku.get(sku) ?? [])),
];

/** A product that must be new: a SKU that anybody has is refused. */
export const offerNew = (offer: Offer, shop: Shop): OfferDecision => {
  if (knownProducts(offer, shop).length > 0) return refuse('SKU_TAKEN');
  const categoryId = categoryOf(offer, shop);
  if (categoryId === 'unknown') return refuse('CATEGORY_UNKNOWN');
  const { productId, sellerId, title, description = null, status = 'ACTIVE' } = offer;
  const { tags = [], specifications = [], options = [] } = offer;
  const arranged = arrange(
    options,
    offer.variants.map((variant) => variant.options ?? []),
  );
  if (!arranged.ok) return refuse('OPTIONS_MISMATCH');
  const variants = offer.variants.map((variant, index) => newVariant(variant, arranged.values[index]));
  const product: Product = {
    id: productId,
    sellerId,
    slug: shop.freeSlug,
    title,
    description,
    categoryId: categoryId ?? null,
    status,
    tags,
    specifications,
    options,
    images: [],
    variants,
    version: 1,
  };
  return keepsCurrency(null, product) ? accept({ type: 'Offered', product }) : refuse('CURRENCIES_DIFFER');
};

/** A product that may be known: new SKUs are added, known ones revised; nothing new is no event. */
export const offerAgain = (offer: Offer, shop: Shop): OfferDecision => {
  const [product, another] = knownProducts(offer, shop);
  if (!product) return offerNew(offer, shop);
  // Two products cannot become one, and nobody revises another's.
  if (another || product.sellerId !== offer.sellerId) return refuse('SKU_TAKEN');
  const categoryId = categoryOf(offer, shop);
  if (categoryId === 'unknown') return refuse('CATEGORY_UNKNOWN');
  const added = offer.variants.filter(({ sku }) => !product.variants.some((known) => known.sku === sku));
  if (product.variants.length + added.length > mostVariants) return refuse('TOO_MANY_VARIANTS');
  const options = offer.options ?? product.options;
  const arranged = arrangeAll(product, offer, options, added);
  if (!arranged.ok) return refuse('OPTIONS_MISMATCH');
  const values = arranged.values.slice(0, product.variants.length);
  const events = [
    ...revision(product, offer, categoryId),
    ...optionsChange(product, options, values),
    ...variantRevisions(product, offer),
    ...added.map((variant, index): ProductEvent => {
      const own = arranged.values[product.variants.length + index];
      return { type: 'VariantAdded', variant: newVariant(variant, own) };
    }),
  ];
  const after = events.reduce(evolve, product);
  return keepsCurrency(product, after) ? accept(...events) : refuse('CURRENCIES_DIFFER');
};

const newVariant = ({ id, sku, title = null, price }: OfferedVariant, options: readonly string[] = []) => ({
  id,
  sku,
  title,
  price,
  options,
  active: true,
  version: 1,
});

/** What the product's variants and then the added ones have as options: as offered, else as they were. */
const arrangeAll = (
  product: Product,
  offer: Offer,
  options: readonly string[],
  added: readonly OfferedVariant[],
): Arranged => {
  const offered = new Map(offer.variants.map((variant) => [variant.sku, variant.options]));
  return arrange(
    options,
    [
      ...product.variants.map(
        ({ sku, options: values }) => offered.get(sku) ?? kept(product.options, values, options),
      ),
      ...added.map((variant) => variant.options ?? []),
    ],
    (index) => product.variants[index]?.active === false,
  );
};

const categoryOf = (
  { categorySlug }: Offer,
  { categories }: Shop,
): CategoryId | null | undefined | 'unknown' =>
  typeof categorySlug === 'string' ? (categories.get(categorySlug) ?? 'unknown') : categorySlug;

const revision = (
  product: Product,
  offer: Offer,
  category: CategoryId | null | undefined,
): ProductEvent[] => {
  const description = offer.description === undefined ? product.description : offer.description;
  const categoryId = category === undefined ? product.categoryId : category;
  const isSame =
    offer.title === product.title &&
    description === product.description &&
    categoryId === product.categoryId;
  return [
    ...(isSame ? [] : [{ type: 'Revised' as const, title: offer.title, description, categoryId }]),
    ...detailsChange(product, offer),
  ];
};

const variantRevisions = ({ variants }: Product, offer: Offer): ProductEvent[] =>
  offer.variants.flatMap((offered): ProductEvent[] => {
    const variant = variants.find(({ sku }) => sku === offered.sku);
    if (!variant) return [];
    const { price, title = variant.title } = offered;
    if (isSameVariant(variant, { title, price })) return [];
    return [{ type: 'VariantRevised', variantId: variant.id, title, price }];
  });
