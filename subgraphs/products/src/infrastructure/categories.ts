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
  lockAll: async () => {
    // New rows are kept out, too: a circle could close through one.
    await tx.$executeRaw`LOCK TABLE categories IN SHARE ROW EXCLUSIVE MODE`;
    const rows = await tx.category.findMany({
      select: { id: true, slug: true, name: true, parentId: true },
    });
    return rows.map((row) => ({
      ...row,
      id: asId(row.id),
      parentId: row.parentId === null ? null : asId(row.parentId),
    }));
  },
  removeEmpty: async (id) => {
    // Who puts a product into it holds its row: waited for here, and refused afterwards.
    await tx.$queryRaw`SELECT FROM categories WHERE id = ${id} FOR UPDATE`;
    const removed = await tx.$executeRaw`
      DELETE FROM categories WHERE id = ${id} AND NOT EXISTS (SELECT FROM products WHERE category_id = ${id})`;
    return removed > 0;
  },
  save: async ({ id, ...category }) => {
    await tx.category.upsert({ where: { id }, create: { id, ...category }, update: category });
  },
});
