import type { Specification } from '../../domain/details.ts';
import type { ProductStatus } from '../../domain/product.ts';
import type { PrismaClient } from '../generated/client.ts';
import { fingerprint } from '../tickets.ts';
import type { Exported } from './columns.ts';

const batch = 200;

type Row = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly status: ProductStatus;
  readonly categorySlug: string | null;
  readonly sku: string;
  readonly variantTitle: string | null;
  readonly minor: bigint;
  readonly currency: string;
  readonly tags: readonly string[];
  readonly specifications: readonly Specification[];
  readonly options: readonly string[];
  readonly values: readonly string[];
  readonly active: boolean;
};

/** Whose products a token admits to; null when it is not good, or not any more. */
export const whoseExport = async (prisma: PrismaClient, token: string): Promise<string | null> => {
  const [found] = await prisma.$queryRaw<{ sellerId: string }[]>`
    SELECT seller_id AS "sellerId" FROM product_exports
    WHERE fingerprint = ${fingerprint(token)} AND expires_at > now()`;
  return found?.sellerId ?? null;
};

/** A seller's products, whatever their status, oldest first: some hundred at a time, each as it is when its turn comes. */
export const exportedProducts = async function* (
  prisma: PrismaClient,
  sellerId: string,
): AsyncGenerator<Exported> {
  let after = '';
  for (;;) {
    const rows: Row[] = await prisma.$queryRaw`
      SELECT p.id, p.slug, p.title, p.description, p.status, c.slug AS "categorySlug",
             v.sku, v.title AS "variantTitle", v.price_minor AS minor, v.currency,
             p.tags, p.specifications, p.options, v.options AS values, v.active
      FROM (SELECT * FROM products WHERE seller_id = ${sellerId} AND id > ${after} ORDER BY id LIMIT ${batch}) p
      JOIN variants v ON v.product_id = p.id LEFT JOIN categories c ON c.id = p.category_id
      ORDER BY p.id, v.position`;
    for (const { sku, variantTitle: title, minor, currency, values, active, ...product } of rows)
      yield { product, variant: { sku, title, price: { minor, currency }, options: values, active } };
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
};
