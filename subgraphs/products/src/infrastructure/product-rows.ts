import { asId } from '@emporium/domain';
import type { Specification } from '../domain/details.ts';
import type { Image } from '../domain/images.ts';
import type { Product, ProductStatus } from '../domain/product.ts';
import type { Product as ProductRow, Variant as VariantRow } from './generated/client.ts';

/** Rows of a product and its variants as the domain knows them. */
export const toProduct = (
  row: Omit<ProductRow, 'document'> & { readonly variants: readonly VariantRow[] },
): Product => ({
  id: asId(row.id),
  sellerId: asId(row.sellerId),
  slug: row.slug,
  title: row.title,
  description: row.description,
  categoryId: row.categoryId === null ? null : asId(row.categoryId),
  status: row.status as ProductStatus,
  version: row.version,
  tags: row.tags,
  specifications: row.specifications as Specification[],
  options: row.options,
  images: row.images as Image[],
  variants: row.variants.map(({ id, sku, title, priceMinor, currency, options, active, version }) => ({
    id: asId(id),
    sku,
    title,
    price: { minor: priceMinor, currency },
    options,
    active,
    version,
  })),
});
