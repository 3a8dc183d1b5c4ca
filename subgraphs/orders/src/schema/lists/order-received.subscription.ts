import { DateTimeScalar, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, Directive, Field, Int, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Received, Standing } from '../../application/follow-received.ts';
import type { UserId } from '../../application/ports.ts';
import { notReceived, readAfterSequence } from '../after-sequence.ts';
import type { Context } from '../context.ts';
import { OrderType } from '../order.type.ts';
import { showOrder } from '../show.ts';

@ObjectType('ReceivedOrder', { description: 'An order became yours to send.' })
export class ReceivedOrderType {
  @Field(() => Int, {
    description:
      'Which of all that you received, counted from 1 without gaps. Pass the last one to resume.',
  })
  sequence!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was confirmed; null in a first event that only says where the list stands.',
  })
  confirmedAt!: string | null;

  @Field(() => OrderType, {
    nullable: true,
    description:
      'Your part of it as it is now; null in a first event that only says where the list stands, and once you may not see it.',
  })
  order!: object | null;
}

type Arguments = { afterSequence?: number | null };

const followOwn = async ({ afterSequence }: Arguments, { app, viewer }: Context) => {
  const id = requireSignedIn(viewer).id as UserId;
  const after = readAfterSequence(afterSequence);
  if (after && after > (await app.lastReceived(id))) throw notReceived();
  return app.followReceived(id, after);
};

@Resolver(() => ReceivedOrderType)
export class OrderReceivedSubscription {
  @Directive('@resumable(argument: "afterSequence", from: "sequence")')
  @Subscription(() => ReceivedOrderType, {
    description:
      'Each confirmed order that has a shipment of yours: everything after `afterSequence`, or from now on, none missed, none twice, in order. Without `afterSequence` the first event is no news: it says which `sequence` is the last so far, with no order.',
    subscribe: ({ args, context }) => followOwn(args as Arguments, context as Context) as never,
  })
  async orderReceived(
    @Root() { sequence, orderId, at }: Received | Standing,
    @Arg('afterSequence', () => Int, {
      nullable: true,
      description: 'The `sequence` of the last order that you have seen; 0 for all that you ever received.',
    })
    _afterSequence: number | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    const order = orderId === null ? null : await loaders.order.load(orderId);
    return { sequence, confirmedAt: at, order: order && showOrder(order) };
  }
}
