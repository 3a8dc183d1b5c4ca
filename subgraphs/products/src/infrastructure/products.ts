import { asId } from '@emporium/domain';
import type { Products } from '../application/ports.ts';
import { stemsOf } from '../domain/slug.ts';
import { factsAfter, raiseVariantsOf } from './facts.ts';
import { Prisma } from './generated/client.ts';
import { toProduct } from './product-rows.ts';
import { saveProducts } from './save-products.ts';

/** The first key of the advisory locks on slugs; the second is one of 64, so that a large file does not take all locks there are. */
const slugLocks = 1_936_483_687;

const inShownOrder = { variants: { orderBy: { position: 'asc' } } } as const;

export const createProducts = (tx: Prisma.TransactionClient): Products => {
  /** Locks first and reads then, so that what is read is what the lock holds; in order of id, so that two never wait for each other. */
  const lock = async (which: Prisma.Sql) => {
    const locked = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM products WHERE ${which} ORDER BY id FOR UPDATE`;
    if (locked.length === 0) return [];
    const ids = locked.map(({ id }) => id);
    const rows = await tx.product.findMany({ where: { id: { in: ids } }, include: inShownOrder });
    return rows.map(toProduct);
  };
  return {
    lockBySku: (skus) =>
      lock(Prisma.sql`id IN (SELECT product_id FROM variants WHERE sku = ANY(${[...skus]}::text[]))`),
    whose: async (which) => {
      const where =
        'productId' in which
          ? { id: which.productId }
          : { variants: { some: { id: which.variantId as string } } };
      const found = await tx.product.findFirst({ where, select: { id: true, sellerId: true } });
      return found && { productId: asId(found.id), sellerId: asId(found.sellerId) };
    },
    lockOne: async (id) => (await lock(Prisma.sql`id = ${id}`))[0] ?? null,
    ownerOfSlug: async (slug) => {
      const found = await tx.productSlug.findUnique({ where: { slug }, select: { productId: true } });
      return found && asId(found.productId);
    },
    freeSlugs: async (wanted) => {
      if (wanted.size === 0) return new Map();
      const slugs = [...wanted.keys()];
      const stems = [...new Set(slugs.flatMap(stemsOf))];
      // Whoever looks for a free one takes turns with all who want one like it: else each would find the same one free.
      await tx.$queryRaw`
        SELECT pg_advisory_xact_lock(${slugLocks}::int, bucket)::text FROM (
          SELECT DISTINCT hashtext(stem) & 63 AS bucket FROM unnest(${stems}::text[]) AS stem ORDER BY 1) AS buckets`;
      const rows = await tx.$queryRaw<{ slug: string; free: string[] }[]>`
        SELECT slug, ARRAY(SELECT free_slugs(slug, many)) AS free
        FROM unnest(${slugs}::text[], ${[...wanted.values()]}::int[]) AS wanted (slug, many)`;
      return new Map(rows.map(({ slug, free }) => [slug, free]));
    },
    save: (changes) => saveProducts(tx, changes),
    facts: (after, limit) => factsAfter(tx, after, limit),
    raiseVariantsOf: (seller) => raiseVariantsOf(tx, seller),
  };
};
