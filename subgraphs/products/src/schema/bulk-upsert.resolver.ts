import { requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { ProductView } from '../application/catalogue.ts';
import type { RowOutcome } from '../application/offer-products.ts';
import type { OfferRefusal } from '../domain/offer.ts';
import { BulkUpsertResult, BulkUpsertRow } from './bulk-upsert.type.ts';
import { type Context, readAfresh } from './context.ts';
import { BulkUpsertInput } from './product.input.ts';
import { Product } from './product.type.ts';
import { refusalOf } from './product-result.type.ts';
import { readProducts } from './read-product.ts';

/** Many products in one call: for sellers their own. */
@Resolver(() => BulkUpsertRow)
export class BulkUpsertResolver {
  @Mutation(() => BulkUpsertResult, {
    description:
      'Creates or revises many of your products, known by their SKUs, all in one transaction. Sent again it changes nothing. A refused row spares the others. For sellers.',
  })
  async bulkUpsertProducts(
    @Arg('input', () => BulkUpsertInput, { description: 'The products.' }) input: BulkUpsertInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    const read = readProducts(input);
    const offered = read.flatMap((each) => (each.ok ? [each.row] : []));
    const outcome = await context.app.bulkUpsertProducts(offered, by);
    if (!outcome.ok) return refusalOf(outcome.refusal);
    readAfresh(context);
    const became = outcome.rows.values();
    const rows = read.map((each, index) => ({
      index,
      ...(each.ok ? showRow(became.next().value, index) : refused(refusalOf('BAD_VALUE', each))),
    }));
    return { __typename: 'BulkUpsert' as const, rows };
  }

  @FieldResolver(() => Product, {
    nullable: true,
    description: 'The product as it is now; null when the row was refused.',
  })
  product(
    @Root() { productId }: BulkUpsertRow,
    @Ctx() { loaders }: Context,
  ): Promise<ProductView | null> | null {
    return productId === null ? null : loaders.product.load(productId);
  }
}

/** Which field of a row a refusal is about, where it is one. */
const fields: { readonly [code in OfferRefusal]?: string } = {
  CATEGORY_UNKNOWN: 'categorySlug',
  // What one row says is in one currency: the first is as good as any.
  CURRENCIES_DIFFER: 'variants.0.price',
};

const showRow = (row: RowOutcome | undefined, index: number) => {
  if (!row) throw new Error('an offer without an outcome');
  if (!row.ok) {
    const field = fields[row.refusal];
    return refused(refusalOf(row.refusal, field ? { field: `input.products.${index}.${field}` } : {}));
  }
  return { outcome: row.did, productId: row.productId, refusal: null };
};

const refused = (refusal: ReturnType<typeof refusalOf>) => ({
  outcome: 'REFUSED' as const,
  productId: null,
  refusal,
});
