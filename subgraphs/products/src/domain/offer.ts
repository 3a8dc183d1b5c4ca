/** Offering products: one that must be new, or one that may be known already by its SKUs. */
import { accept, type Decision, type Money, refuse } from '@emporium/domain';
import {
  type CategoryId,
  isSameVariant,
  type Product,
  type ProductEvent,
  type ProductId,
  type ProductStatus,
  type SellerId,
  type VariantId,
} from './product.ts';
import { mostVariants } from './product-limits.ts';
import { freeSlug, slugOf } from './slug.ts';

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
  readonly variants: readonly OfferedVariant[];
};

export type OfferedVariant = {
  /** Taken when the SKU is new. */
  readonly id: VariantId;
  readonly sku: string;
  readonly title?: string | null | undefined;
  readonly price: Money;
};

/** What the shop already has that matters to an offer. */
export type Shop = {
  /** Products that have any of the offered SKUs, by SKU. */
  readonly bySku: ReadonlyMap<string, Product>;
  readonly categories: ReadonlyMap<string, CategoryId>;
  readonly takenSlugs: ReadonlySet<string>;
};

export type OfferRefusal = 'SKU_TAKEN' | 'CATEGORY_UNKNOWN' | 'TOO_MANY_VARIANTS';
export type OfferDecision = Decision<ProductEvent, OfferRefusal>;

/** A product that must be new: a SKU that anybody has is refused. */
export const offerNew = (offer: Offer, shop: Shop): OfferDecision => {
  if (offer.variants.some(({ sku }) => shop.bySku.has(sku))) return refuse('SKU_TAKEN');
  const categoryId = categoryOf(offer, shop);
  if (categoryId === 'unknown') return refuse('CATEGORY_UNKNOWN');
  const { productId, sellerId, title, description = null, status = 'ACTIVE' } = offer;
  const slug = freeSlug(slugOf(title), shop.takenSlugs);
  const variants = offer.variants.map(newVariant);
  const product: Product = {
    id: productId,
    sellerId,
    slug,
    title,
    description,
    categoryId: categoryId ?? null,
    status,
    variants,
    version: 1,
  };
  return accept({ type: 'Offered', product });
};

/** A product that may be known: new SKUs are added, known ones revised; nothing new is no event. */
export const offerAgain = (offer: Offer, shop: Shop): OfferDecision => {
  const known = new Map(
    offer.variants.flatMap(({ sku }) => shop.bySku.get(sku) ?? []).map((product) => [product.id, product]),
  );
  const [product, another] = known.values();
  if (!product) return offerNew(offer, shop);
  // Two products cannot become one, and nobody revises another's.
  if (another || product.sellerId !== offer.sellerId) return refuse('SKU_TAKEN');
  const categoryId = categoryOf(offer, shop);
  if (categoryId === 'unknown') return refuse('CATEGORY_UNKNOWN');
  const changes = variantChanges(product, offer);
  const added = changes.filter(({ type }) => type === 'VariantAdded').length;
  if (product.variants.length + added > mostVariants) return refuse('TOO_MANY_VARIANTS');
  return accept(...revision(product, offer, categoryId), ...changes);
};

const newVariant = ({ id, sku, title = null, price }: OfferedVariant) => ({
  id,
  sku,
  title,
  price,
  version: 1,
});

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
  return isSame ? [] : [{ type: 'Revised', title: offer.title, description, categoryId }];
};

const variantChanges = ({ variants }: Product, offer: Offer): ProductEvent[] =>
  offer.variants.flatMap((offered): ProductEvent[] => {
    const variant = variants.find(({ sku }) => sku === offered.sku);
    if (!variant) return [{ type: 'VariantAdded', variant: newVariant(offered) }];
    const { price, title = variant.title } = offered;
    if (isSameVariant(variant, { title, price })) return [];
    return [{ type: 'VariantRevised', variantId: variant.id, title, price }];
  });
