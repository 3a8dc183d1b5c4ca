import { mayLookInside, type Reader } from '../domain/actor.ts';
import type { VariantId } from '../domain/ids.ts';
import type { MovementView, ReadLevels, ReadMovements } from './ports.ts';

/** A variant's movements, the newest first; null when its stock is not the reader's to see. */
export const findMovements =
  (readLevels: ReadLevels, readMovements: ReadMovements) =>
  async (
    variantId: VariantId,
    page: { readonly limit: number; readonly before: string | null },
    reader: Reader,
  ): Promise<readonly MovementView[] | null> => {
    const variant = (await readLevels([variantId])).get(variantId);
    return variant && mayLookInside(reader, variant) ? readMovements(variantId, page) : null;
  };
