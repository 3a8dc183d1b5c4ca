import { changedVariants, evolveAll, type Product, type ProductEvent } from '../domain/product.ts';
import type { Seller } from '../domain/seller.ts';
import { factsOf } from '../domain/variant-facts.ts';
import type { Images } from './image-ports.ts';
import type { Ports } from './ports.ts';

/** A product as it was when the transaction locked it, and as it is to be. */
export type Edited = { readonly before: Product | null; readonly after: Product };

/** The product after its events; null when there are none. */
export const edited = (before: Product | null, events: readonly ProductEvent[]): Edited | null => {
  const after = events.length > 0 ? evolveAll(before, events) : null;
  return after && { before, after };
};

/** Files are spared with the image that shows them, and go when none does. */
const keepFiles = async (images: Images, all: readonly Edited[]): Promise<void> => {
  for (const { before, after } of all) {
    const former = new Set(before?.images.map(({ fileId }) => fileId));
    const present = new Set(after.images.map(({ fileId }) => fileId));
    for (const fileId of present) if (!former.has(fileId)) await images.spare(fileId);
    for (const fileId of former) if (!present.has(fileId)) await images.doom(fileId);
  }
};

/** Saves products of one seller and tells the others what changed about their variants. */
export const commitChanges = async (
  { products, images, announce, outdate, now }: Ports,
  seller: Seller,
  all: readonly Edited[],
): Promise<void> => {
  if (all.length === 0) return;
  const changes = all.map(({ before, after }) => ({
    product: after,
    variants: changedVariants(before, after),
  }));
  await products.save(changes);
  await keepFiles(images, all);
  const facts = changes.flatMap(({ product, variants }) => factsOf(product, variants, seller.active));
  const at = await now();
  await announce(facts, at);
  await outdate(
    changes.flatMap(({ product, variants }) => [
      { what: 'product' as const, id: product.id },
      ...variants.map(({ id }) => ({ what: 'variant' as const, id })),
      { what: 'seller' as const, id: product.sellerId },
    ]),
    at,
  );
};
