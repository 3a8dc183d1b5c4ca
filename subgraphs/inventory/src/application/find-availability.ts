import { type Actor, maySee } from '../domain/actor.ts';
import type { VariantId } from '../domain/ids.ts';
import type { ReadStock, StockLevel } from './ports.ts';

/** What can be ordered of a variant. */
export type Orderable = Pick<StockLevel, 'available' | 'backorderable'>;

/** What can be ordered of each variant, in the ids' order; null for one that the actor may not see. */
export const findAvailability =
  (read: ReadStock) =>
  async (variantIds: readonly VariantId[], actor: Actor): Promise<readonly (Orderable | null)[]> => {
    const levels = await read(variantIds);
    return variantIds.map((id) => {
      const level = levels.get(id);
      if (!level || !maySee(actor, level)) return null;
      return { available: level.available, backorderable: level.backorderable };
    });
  };
