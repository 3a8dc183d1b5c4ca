import type { Id } from '@emporium/domain';
import type { Variant } from '../application/ports.ts';
import type { PrismaClient } from './generated/client.ts';

/** A seller's variants, and whether each has ever had units. */
export const findVariantsOf = async (
  prisma: PrismaClient,
  sellerId: Id<'User'>,
): Promise<readonly (Pick<Variant, 'id' | 'sku'> & { readonly isStocked: boolean })[]> => {
  const rows = await prisma.variant.findMany({
    where: { sellerId },
    select: { id: true, sku: true, stock: { select: { version: true } } },
  });
  return rows.map(({ id, sku, stock }) => ({
    id: id as Id<'Variant'>,
    sku,
    isStocked: (stock?.version ?? 0) > 0,
  }));
};
