import { accept, type Decision, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { type Actor, actsFor } from '../domain/actor.ts';
import type { BackorderTerms } from '../domain/backorder.ts';
import type { VariantId } from '../domain/ids.ts';
import type { Ports } from './ports.ts';

export type BackorderRefusal = 'NOT_FOUND' | 'SELLER_SUSPENDED';

/** Says whether, and how far, a variant can be ordered beyond what is there. What was promised before stands. */
export const setBackorder =
  (transact: Transact<Ports>) =>
  (
    variantId: VariantId,
    terms: BackorderTerms,
    actor: Actor,
  ): Promise<Decision<VariantId, BackorderRefusal>> =>
    transact(async ({ stock, variants, now }) => {
      const variant = await variants.find(variantId);
      if (!variant || !actsFor(actor, variant)) return refuse('NOT_FOUND');
      if (!(variant.maySell || actor.isAdmin)) return refuse('SELLER_SUSPENDED');
      await stock.setBackorder(variantId, terms, await now());
      return accept(variantId);
    });
