import type { Transact } from '@emporium/messaging';
import type { VariantId } from '../domain/product.ts';
import type { Ports } from './ports.ts';

const batch = 500;

/**
 * Tells every variant again, with the versions they have: for copies that were lost; others ignore it. A transaction
 * for each batch, so that nobody waits for all of it. Answers how many variants were told.
 */
export const republishCatalogue = (transact: Transact<Ports>) => async (): Promise<number> => {
  let told = 0;
  let after: VariantId | null = null;
  for (;;) {
    const last: VariantId | null = after;
    const facts = await transact(async ({ products, announce, now }) => {
      const next = await products.facts(last, batch);
      await announce(next, await now());
      return next;
    });
    told += facts.length;
    after = facts.at(-1)?.variantId ?? null;
    if (facts.length < batch || after === null) return told;
  }
};
