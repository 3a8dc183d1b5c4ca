import { asId } from '@emporium/domain';
import { afterArgument, type Connection, firstArgument, readPage, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from './context.ts';
import { StockLocation } from './location.types.ts';
import { LowStockConnection } from './low-stock.types.ts';
import type { ProductVariant } from './product-variant.type.ts';
import { readId } from './read-id.ts';
import { Seller } from './seller.type.ts';

/** What inventory knows of a seller. */
@Resolver(() => Seller)
export class SellerResolver {
  @FieldResolver(() => [StockLocation], {
    nullable: true,
    description:
      'Where they keep goods, in the order in which orders take from there. For the seller, SUPPORT and administrators; null for others.',
  })
  async stockLocations(
    @Root() { id }: Seller,
    @Ctx() { loaders }: Context,
  ): Promise<readonly StockLocation[]> {
    return loaders.locations.load(asId<'User'>(readId(id)));
  }

  @FieldResolver(() => LowStockConnection, {
    nullable: true,
    description:
      'Their variants of which fewer units are available than `lowStockThreshold` says. For the seller, SUPPORT and administrators; null for others.',
  })
  async lowStock(
    @Root() { id }: Seller,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Ctx() { app }: Context,
  ): Promise<Connection<ProductVariant>> {
    const page = readPage(first, after, 1);
    const wanted = { limit: page.limit + 1, after: page.after?.[0] ?? null };
    const found = await app.findLowStock(asId<'User'>(readId(id)), wanted);
    return toConnection(
      found,
      page,
      (variantId) => [variantId],
      (variantId) => ({ id: variantId }),
    );
  }
}
