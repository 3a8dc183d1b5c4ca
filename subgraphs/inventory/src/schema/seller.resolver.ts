import { asId } from '@emporium/domain';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from './context.ts';
import { StockLocation } from './location.types.ts';
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
}
