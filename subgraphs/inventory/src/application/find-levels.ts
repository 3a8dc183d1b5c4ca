import { mayLookInside, type Reader } from '../domain/actor.ts';
import type { VariantId } from '../domain/ids.ts';
import type { ReadLevels, VariantLevels } from './ports.ts';

/** Each variant's units by location, in the ids' order; null for one whose stock is not the reader's to see. */
export const findLevels =
  (read: ReadLevels) =>
  async (variantIds: readonly VariantId[], reader: Reader): Promise<readonly (VariantLevels | null)[]> => {
    const found = await read(variantIds);
    return variantIds.map((id) => {
      const variant = found.get(id);
      return variant && mayLookInside(reader, variant) ? variant : null;
    });
  };
