/** What other subgraphs are told of a variant, in full. */
import type { Money } from '@emporium/domain';
import type { Product, ProductId, SellerId, Variant, VariantId } from './product.ts';

export type VariantFacts = {
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly sellerId: SellerId;
  readonly sku: string;
  /** "Stoneware mug, blue": the product's title, with the variant's where it has one. */
  readonly title: string;
  readonly price: Money;
  /** On sale: neither product nor seller says otherwise. */
  readonly active: boolean;
  readonly version: number;
};

/** The facts of some of a product's variants. */
export const factsOf = (
  product: Product,
  variants: readonly Variant[],
  isSellerActive: boolean,
): VariantFacts[] =>
  variants.map(({ id, sku, title, price, version }) => ({
    variantId: id,
    productId: product.id,
    sellerId: product.sellerId,
    sku,
    title: title === null ? product.title : `${product.title}, ${title}`,
    price,
    active: product.status === 'ACTIVE' && isSellerActive,
    version,
  }));
