import { afterArgument, firstArgument, readPage, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { OrderSort } from '../application/order-lists.ts';
import type { UserId } from '../application/ports.ts';
import { CartType } from './cart.type.ts';
import type { Context } from './context.ts';
import { listById } from './lists/list-identity.ts';
import { listOrders } from './lists/list-orders.ts';
import { OrderFilterInput, OrderSortEnum } from './lists/order-query.input.ts';
import { readOrderFilter } from './lists/read-order-query.ts';
import { OrderConnection } from './order.type.ts';
import { showCart, showOrder } from './show.ts';
import { UserStub } from './stubs.type.ts';

/** What orders adds to a user. */
@Resolver(() => UserStub)
export class UserResolver {
  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description: 'What they bought, newest first; null unless it is you or you are SUPPORT or ADMIN.',
  })
  async orders(
    @Root() { id }: UserStub,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Arg('filter', () => OrderFilterInput, { nullable: true, description: 'Which; all, without one.' })
    filter: OrderFilterInput | null | undefined,
    @Arg('sort', () => OrderSortEnum, {
      defaultValue: OrderSortEnum.NEWEST,
      description: 'In which order.',
    })
    sort: OrderSort,
    @Ctx() context: Context,
  ) {
    const buyerId = id as UserId;
    if (filter || sort !== 'NEWEST') {
      return listOrders(
        'User.orders',
        { ...readOrderFilter(filter), buyerId, sort },
        { first, after },
        context,
      );
    }
    const page = readPage(first, after, 1, listById('User.orders NEWEST'));
    const rows = await context.app.reads.ordersOf(buyerId, {
      limit: page.limit + 1,
      after: page.after?.[0] ?? null,
    });
    return toConnection(rows, page, (order) => [order.id], showOrder);
  }

  @FieldResolver(() => CartType, { nullable: true, description: 'Their cart; null unless it is you.' })
  async cart(@Root() { id }: UserStub, @Ctx() { loaders }: Context) {
    return showCart(await loaders.cart.load(id as UserId));
  }
}
