import { afterArgument, firstArgument, orderTokenArgument } from '@emporium/subgraph';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { OrderSort } from '../../application/order-lists.ts';
import { readOrderNumber } from '../../domain/read-order-number.ts';
import type { Context } from '../context.ts';
import { OrderConnection, OrderType } from '../order.type.ts';
import { orderHolderOf } from '../order-holder.ts';
import { showOrder } from '../show.ts';
import { listOrders } from './list-orders.ts';
import { OrderSearchInput, OrderSortEnum } from './order-query.input.ts';
import { readOrderSearch } from './read-order-query.ts';

/** Finds orders among all that there are. */
@Resolver(() => OrderType)
export class OrderSearchResolver {
  @Query(() => OrderConnection, { description: 'All orders, newest first; for ADMIN and SUPPORT.' })
  orders(
    @Arg('filter', () => OrderSearchInput, { nullable: true, description: 'Which; all, without one.' })
    filter: OrderSearchInput | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Arg('sort', () => OrderSortEnum, {
      defaultValue: OrderSortEnum.NEWEST,
      description: 'In which order.',
    })
    sort: OrderSort,
    @Ctx() context: Context,
  ) {
    return listOrders('orders', { ...readOrderSearch(filter), sort }, { first, after }, context);
  }

  @Query(() => OrderType, {
    nullable: true,
    description:
      'An order that you bought, or that you sell in once it is paid, by its number as somebody wrote or said it: small letters, spaces, dashes and look-alikes (O for 0, I or L for 1) make no difference. Null when there is none. Needs a signed-in viewer or the token of a guest’s order.',
  })
  async orderByNumber(
    @Arg('number', () => String, { description: 'The order’s number.' }) number: string,
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = await orderHolderOf(context, orderToken);
    const whole = readOrderNumber(number);
    const id = whole === null ? null : await context.app.lists.idOf(whole);
    const order = id === null ? null : await holder.loaders.order.load(id);
    return order && showOrder(order, holder);
  }
}
