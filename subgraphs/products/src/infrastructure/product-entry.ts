import type { Onlooker, ProductView, VariantView } from '../application/catalogue.ts';
import { named } from '../domain/options.ts';

/** A product as its page shows it, on sale or not: whoever reads it decides who sees it. */
export type ProductEntry = {
  readonly product: ProductView;
  readonly sellerIsActive: boolean;
  /** In the order in which the product shows them. */
  readonly variants: readonly VariantView[];
};

/** The same as it comes out of the database, in nothing but what JSON can hold. */
export type ProductRow = ProductView & {
  readonly sellerIsActive: boolean;
  readonly variants: readonly VariantRow[];
};

export type VariantRow = {
  readonly id: string;
  readonly sku: string;
  readonly title: string | null;
  readonly options: readonly string[];
  readonly active: boolean;
  readonly priceMinor: string;
  readonly currency: string;
};

/** A variant of a product as it is shown. */
export const toVariant = (
  product: Pick<ProductView, 'id' | 'title' | 'options'>,
  { id, sku, title, options, active = true, priceMinor, currency }: VariantRow,
): VariantView => ({
  id,
  productId: product.id,
  sku,
  title: title ?? (options.join(', ') || product.title),
  options: named(product.options, options),
  active,
  price: { minor: BigInt(priceMinor), currency },
});

export const toEntry = ({ sellerIsActive, variants, ...product }: ProductRow): ProductEntry => ({
  product,
  sellerIsActive,
  variants: variants.map((row) => toVariant(product, row)),
});

/** What `visibleTo` asks of rows, of an entry. */
export const isVisible = ({ product, sellerIsActive }: ProductEntry, { id, isAdmin }: Onlooker): boolean =>
  isAdmin || (product.status === 'ACTIVE' && sellerIsActive) || product.sellerId === id;

/** Of a product that is visible: what is retired is only for those who may change it. */
export const visibleVariants = ({ product, variants }: ProductEntry, { id, isAdmin }: Onlooker) =>
  isAdmin || product.sellerId === id ? variants : variants.filter(({ active }) => active);
