import { badUserInput, DateTimeScalar, notFound, requireSignedIn } from '@emporium/subgraph';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  Int,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Followed } from '../application/follow-order.ts';
import type { OrderId } from '../application/ports.ts';
import { type Context, onlookerOf } from './context.ts';
import { OrderStatusEnum, OrderType } from './order.type.ts';
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

  @Field(() => OrderType, { description: 'The order as it is now, which may be further on.' })
  order!: object;
}

type Arguments = { orderId: string; afterSequence?: number | null };

const follow = async ({ orderId, afterSequence }: Arguments, { app, viewer, loaders }: Context) => {
  requireSignedIn(viewer);
  const after = afterSequence ?? null;
  if (after !== null && after < 0) {
    throw badUserInput('`afterSequence` must be a `sequence` that you received.', 'afterSequence');
  }
  if (!(await loaders.order.load(orderId as OrderId))) throw notFound('order');
  return app.followOrder(orderId as OrderId, onlookerOf(viewer), after);
};

@Resolver(() => OrderStatusChangeType)
export class OrderStatusSubscription {
  @Directive('@resumable(argument: "afterSequence", from: "sequence")')
  @Subscription(() => OrderStatusChangeType, {
    description:
      'First the present state (or everything after `afterSequence`), then each change, none missed, none twice, in order. Completes when the order has ended.',
    subscribe: ({ args, context }) => follow(args as Arguments, context as Context) as never,
  })
  async orderStatusChanged(
    @Root() followed: Followed,
    @Arg('orderId', () => ID, { description: 'An order that you bought or sell in.' }) _orderId: string,
    @Arg('afterSequence', () => Int, {
      nullable: true,
      description: 'The `sequence` of the last change that you have seen.',
    })
    _afterSequence: number | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    const order = followed.readable ? await loaders.order.load(followed.orderId) : null;
    if (!followed.readable || !order) throw notFound('order');
    const { sequence, status, at } = followed;
    return { sequence, status, at, order: showOrder(order) };
  }
}
