import { accept, type Decision, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { type Actor, actsFor } from '../domain/actor.ts';
import type { VariantId } from '../domain/ids.ts';
import type { Ports } from './ports.ts';

export type ThresholdRefusal = 'NOT_FOUND' | 'SELLER_SUSPENDED';

/** Says below which number of available units a variant's stock is low; null for never. */
export const setThreshold =
  (transact: Transact<Ports>) =>
  (
    variantId: VariantId,
    threshold: number | null,
    actor: Actor,
  ): Promise<Decision<VariantId, ThresholdRefusal>> =>
    transact(async ({ stock, variants, now }) => {
      const variant = await variants.find(variantId);
      if (!variant || !actsFor(actor, variant)) return refuse('NOT_FOUND');
      if (!(variant.maySell || actor.isAdmin)) return refuse('SELLER_SUSPENDED');
      await stock.setThreshold(variantId, threshold, await now());
      return accept(variantId);
    });
