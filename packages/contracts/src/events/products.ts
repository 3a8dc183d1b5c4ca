import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { id, money } from '../wire.ts';

/** Variants in full, one to five hundred at a time: receivers keep the highest version of each. */
export const variantsChanged = defineEvent('products.variants-changed', 1, {
  variants: z
    .array(
      z.object({
        variantId: id<'Variant'>(),
        productId: id<'Product'>(),
        sellerId: id<'User'>(),
        sku: z.string(),
        /** The product's title, with the variant's where it has one of its own. */
        title: z.string(),
        price: money(),
        active: z.boolean(),
        version: z.int().positive(),
      }),
    )
    .min(1)
    .max(500),
});
