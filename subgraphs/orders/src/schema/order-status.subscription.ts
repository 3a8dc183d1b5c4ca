import { DateTimeScalar, notFound, orderTokenArgument } from '@emporium/subgraph';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Followed, StatusChange } from '../application/follow-order.ts';
import type { OrderId } from '../application/ports.ts';
import { notReceived, readAfterSequence } from './after-sequence.ts';
import type { Context } from './context.ts';
import { OrderStatusEnum, OrderType } from './order.type.ts';
import { orderHolderOf } from './order-holder.ts';
import { showOrder } from './show.ts';

@ObjectType('OrderStatusChange', { description: 'An order’s status changed.' })
export class OrderStatusChangeType {
  @Field(() => Int, {
    description: 'The order’s version at this change: rising, with gaps. Pass the last one to resume.',
  })
  sequence!: number;

  @Field(() => OrderStatusEnum, { description: 'The status from then on.' })
  status!: keyof typeof OrderStatusEnum;

  @Field(() => DateTimeScalar, { description: 'When it changed.' })
  at!: string;
}

/** A change, and how its order is read when somebody asks for it. */
type Change = StatusChange & { readonly orderId: OrderId; readonly orderToken: string | null };

type Arguments = { orderId: string; afterSequence?: number | null; orderToken?: string | null };

const follow = async ({ orderId, afterSequence, orderToken }: Arguments, context: Context) => {
  const { onlooker } = await orderHolderOf(context, orderToken);
  const after = readAfterSequence(afterSequence);
  const following = await context.app.followOrder(orderId as OrderId, onlooker, after);
  if (following.ok) return following.changes;
  throw following.refusal === 'NOT_FOUND' ? notFound('order') : notReceived();
};

@Resolver(() => OrderStatusChangeType)
export class OrderStatusSubscription {
  @Directive('@resumable(argument: "afterSequence", from: "sequence")')
  @Subscription(() => OrderStatusChangeType, {
    description:
      'First the present state (or everything after `afterSequence`), then each change, none missed, none twice, in order. Completes when the order has ended.',
    subscribe: ({ args, context }) => follow(args as Arguments, context as Context) as never,
  })
  orderStatusChanged(
    @Root() followed: Followed,
    @Arg('orderId', () => ID, {
      description: 'An order that you bought, that you sell in once it is paid, or whose token you have.',
    })
    _orderId: string,
    @Arg('afterSequence', () => Int, {
      nullable: true,
      description: 'The `sequence` of the last change that you have seen.',
    })
    _afterSequence: number | null | undefined,
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
  ): Change {
    if (!followed.readable) throw notFound('order');
    const { sequence, status, at, orderId } = followed;
    return { sequence, status, at, orderId, orderToken: orderToken ?? null };
  }

  @FieldResolver(() => OrderType, { description: 'The order as it is now, which may be further on.' })
  async order(@Root() { orderId, orderToken }: Change, @Ctx() context: Context) {
    const holder = await orderHolderOf(context, orderToken);
    const order = await holder.loaders.order.load(orderId);
    if (!order) throw notFound('order');
    return showOrder(order, holder);
  }
}
