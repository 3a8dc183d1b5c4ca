import { asId } from '@emporium/domain';
import type { Categories } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

export const createCategories = (tx: Prisma.TransactionClient): Categories => ({
  idsBySlug: async (slugs) => {
    if (slugs.length === 0) return new Map();
    const found = await tx.category.findMany({
      where: { slug: { in: [...slugs] } },
      select: { id: true, slug: true },
    });
    return new Map(found.map(({ id, slug }) => [slug, asId(id)]));
  },
  add: async (category) => {
    await tx.category.create({ data: category });
  },
});
