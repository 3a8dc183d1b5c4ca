import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { id, money } from '../wire.ts';

/**
 * Answers about these objects are out of date. `key` is the object's id; null stands for the type as a whole. Gateways
 * hear it, and know the types by their names in the graph.
 */
export const cacheInvalidated = defineEvent('products.cache-invalidated', 1, {
  changed: z
    .array(z.object({ typename: z.string().min(1), key: z.string().min(1).nullable() }))
    .min(1)
    .max(500),
});

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
