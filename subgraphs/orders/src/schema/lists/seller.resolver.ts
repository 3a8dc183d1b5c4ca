import { afterArgument, firstArgument, readPage, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { OrderSort } from '../../application/order-lists.ts';
import type { UserId } from '../../application/ports.ts';
import type { Context } from '../context.ts';
import { OrderConnection } from '../order.type.ts';
import { ReturnFilterInput } from '../returns/return.input.ts';
import { ReturnConnection } from '../returns/return.type.ts';
import { showReturn } from '../returns/show-return.ts';
import { SellerStub } from '../stubs.type.ts';
import { listById } from './list-identity.ts';
import { listOrders } from './list-orders.ts';
import { OrderSortEnum, SellerOrderFilterInput } from './order-query.input.ts';
import { readSellerFilter, readStatuses } from './read-order-query.ts';

/** What orders adds to a seller. */
@Resolver(() => SellerStub)
export class SellerResolver {
  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description:
      'Orders with a shipment of theirs from when they are paid, newest first, each as far as it is theirs; null unless it is you or you are ADMIN.',
  })
  orders(
    @Root() { id }: SellerStub,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Arg('filter', () => SellerOrderFilterInput, {
      nullable: true,
      description: 'Which; all, without one.',
    })
    filter: SellerOrderFilterInput | null | undefined,
    @Arg('sort', () => OrderSortEnum, {
      defaultValue: OrderSortEnum.NEWEST,
      description: 'In which order.',
    })
    sort: OrderSort,
    @Ctx() context: Context,
  ) {
    const query = { ...readSellerFilter(filter), receivedBy: id as UserId, sort };
    return listOrders('Seller.orders', query, { first, after }, context);
  }

  @FieldResolver(() => ReturnConnection, {
    nullable: true,
    description: 'Returns of what they sent, newest first; null unless it is you or you are ADMIN.',
  })
  async returns(
    @Root() { id }: SellerStub,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Arg('filter', () => ReturnFilterInput, { nullable: true, description: 'Which; all, without one.' })
    filter: ReturnFilterInput | null | undefined,
    @Arg('sort', () => OrderSortEnum, {
      defaultValue: OrderSortEnum.NEWEST,
      description: 'In which order they were asked for.',
    })
    sort: OrderSort,
    @Ctx() { app }: Context,
  ) {
    const page = readPage(first, after, 1, listById(`Seller.returns ${sort}`));
    const statuses = readStatuses(filter?.status, 'filter.status');
    const rows = await app.reads.returnsOfSeller(
      { sellerId: id as UserId, statuses, sort },
      { limit: page.limit + 1, after: page.after?.[0] ?? null },
    );
    return toConnection(rows, page, ({ id: last }) => [last], showReturn);
  }
}
