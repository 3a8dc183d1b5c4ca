import type { Id } from '@emporium/domain';
import type { Variant } from '../application/ports.ts';
import type { PrismaClient } from './generated/client.ts';

/** A seller's variants: how many are known, and those that have never had any units. */
export const findUnstocked = async (
  prisma: PrismaClient,
  sellerId: Id<'User'>,
): Promise<{ known: number; unstocked: Pick<Variant, 'id' | 'sku'>[] }> => {
  const known = await prisma.variant.count({ where: { sellerId } });
  const unstocked = await prisma.variant.findMany({
    where: { sellerId, stock: { movements: { none: {} } } },
    select: { id: true, sku: true },
  });
  return { known, unstocked: unstocked.map(({ id, sku }) => ({ id: id as Id<'Variant'>, sku })) };
};
