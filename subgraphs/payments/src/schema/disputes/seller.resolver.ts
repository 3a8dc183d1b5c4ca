import { afterArgument, firstArgument } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.ts';
import { Seller } from '../seller.type.ts';
import { SellerDisputeFilter } from './dispute.input.ts';
import { DisputeConnection } from './dispute.type.ts';
import { listDisputes } from './list-disputes.ts';

/** What payments adds to a shop. */
@Resolver(() => Seller)
export class SellerResolver {
  @FieldResolver(() => DisputeConnection, {
    nullable: true,
    description: 'Disputes against this seller, newest first; null for anyone but the seller and ADMIN.',
  })
  disputes(
    @Root() { id }: Seller,
    @Arg('filter', () => SellerDisputeFilter, { nullable: true, description: 'Which; all, without one.' })
    filter: SellerDisputeFilter | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<DisputeConnection> {
    return listDisputes(filter, { orderId: null, sellerId: id }, { first, after }, context);
  }
}
