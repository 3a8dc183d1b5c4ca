import type { App } from './app.ts';
import type { NewProduct } from './new-product.ts';

/** A category of the demonstration catalogue. */
export type SeedCategory = { readonly name: string; readonly parentSlug: string | null };

/** A product of the demonstration catalogue. */
export type SeedProduct = {
  /** Its category's slug. */
  readonly category: string;
  readonly title: string;
  readonly description: string;
  /** SKU, price in pence, and what sets it apart from the others. */
  readonly variants: readonly (readonly [sku: string, pence: number, title?: string])[];
} & SeedDetails;

/** What some of the products have beside. */
export type SeedDetails = {
  readonly tags?: readonly string[];
  readonly specifications?: Readonly<Record<string, string>>;
  /** The option whose values the variants' titles are. */
  readonly option?: string;
};

const offerOf = ({ category, title, description, variants, ...details }: SeedProduct): NewProduct => ({
  title,
  description,
  categorySlug: category,
  tags: details.tags ?? [],
  specifications: Object.entries(details.specifications ?? {}).map(([name, value]) => ({ name, value })),
  options: details.option === undefined ? [] : [details.option],
  variants: variants.map(([sku, pence, variantTitle]) => ({
    sku,
    title: variantTitle,
    price: { minor: BigInt(pence), currency: 'GBP' },
    options:
      details.option === undefined || variantTitle === undefined
        ? []
        : [{ name: details.option, value: variantTitle }],
  })),
});

/**
 * Puts the demonstration catalogue on sale as the seller's, through the same use cases as everybody, so that the
 * others hear of it. Doing it again changes nothing. Throws when a product is refused.
 */
export const seedCatalogue = async (
  app: Pick<App, 'createCategory' | 'bulkUpsertProducts'>,
  sellerId: string,
  categories: readonly SeedCategory[],
  products: readonly SeedProduct[],
): Promise<void> => {
  for (const category of categories) {
    const outcome = await app.createCategory(category);
    if (!outcome.ok && outcome.refusal !== 'SLUG_TAKEN')
      throw new Error(`the category ${category.name} was refused: ${outcome.refusal}`);
  }
  const outcome = await app.bulkUpsertProducts(products.map(offerOf), {
    id: sellerId,
    roles: ['BUYER', 'SELLER'],
  });
  const refused = outcome.ok ? outcome.rows.findIndex(({ ok }) => !ok) : 0;
  if (refused >= 0) throw new Error(`the product ${products[refused]?.title} was refused`);
};
