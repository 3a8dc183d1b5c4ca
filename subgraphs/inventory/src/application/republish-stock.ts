import type { Transact } from '@emporium/messaging';
import type { VariantId } from '../domain/ids.ts';
import type { Ports } from './ports.ts';

const batch = 500;

/**
 * Tells again of every variant that ever had stock whether it can be ordered, with the versions they have: for copies
 * that were lost; others ignore it. A transaction for each batch. Answers how many variants were told.
 */
export const republishStock = (transact: Transact<Ports>) => async (): Promise<number> => {
  let told = 0;
  let after: VariantId | null = null;
  for (;;) {
    const last: VariantId | null = after;
    const variants: readonly VariantId[] = await transact(async ({ stock, now }) =>
      stock.tellAgain(last, batch, await now()),
    );
    told += variants.length;
    after = variants.at(-1) ?? null;
    if (variants.length < batch || after === null) return told;
  }
};
