import { type Actor, maySee } from '../domain/actor.ts';
import type { VariantId } from '../domain/ids.ts';
import type { ReadStock } from './ports.ts';

/** How many units of each variant can be ordered, in the ids' order; null for one that the actor may not see. */
export const findAvailability =
  (read: ReadStock) =>
  async (variantIds: readonly VariantId[], actor: Actor): Promise<readonly (number | null)[]> => {
    const levels = await read(variantIds);
    return variantIds.map((id) => {
      const level = levels.get(id);
      return level && maySee(actor, level) ? level.available : null;
    });
  };
