/** What other subgraphs are told of a variant, in full. */
import type { Money } from '@emporium/domain';
import {
  ownTitle,
  type Product,
  type ProductId,
  type SellerId,
  type Variant,
  type VariantId,
} from './product.ts';

export type VariantFacts = {
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly sellerId: SellerId;
  readonly sku: string;
  /** "Stoneware mug, blue": the product's title, with what sets the variant apart. */
  readonly title: string;
  readonly price: Money;
  /** On sale: neither variant nor product nor seller says otherwise. */
  readonly active: boolean;
  readonly version: number;
};

/** The facts of some of a product's variants. */
export const factsOf = (
  product: Product,
  variants: readonly Variant[],
  isSellerActive: boolean,
): VariantFacts[] =>
  variants.map((variant) => {
    const own = ownTitle(variant);
    return {
      variantId: variant.id,
      productId: product.id,
      sellerId: product.sellerId,
      sku: variant.sku,
      title: own === null ? product.title : `${product.title}, ${own}`,
      price: variant.price,
      active: product.status === 'ACTIVE' && variant.active && isSellerActive,
      version: variant.version,
    };
  });
