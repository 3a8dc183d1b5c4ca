import { badUserInput, requireSignedIn, resolveType, unauthenticated } from '@emporium/subgraph';
import {
  Arg,
  Ctx,
  createUnionType,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { OrderId, UserId } from '../application/ports.ts';
import type { OrderView } from '../application/reads.ts';
import { actorOf, type Context } from './context.ts';
import { OrderTimelineEntryType, OrderType, ShippingAddressType } from './order.type.ts';
import { PlaceOrderInput, readPlacement } from './place-order.input.ts';
import {
  CancelOrderRefusal,
  cancelOrderRefusal,
  PlaceOrderRefusal,
  placeOrderRefusal,
} from './refusals.type.ts';
import { OrderLineType, ShipmentType } from './shipment.type.ts';
import { showOrder, showOrderLine, showShipment } from './show.ts';
import { UserStub } from './stubs.type.ts';

const PlaceOrderResult = createUnionType({
  name: 'PlaceOrderResult',
  description: 'The order, or why none was placed.',
  types: () => [OrderType, PlaceOrderRefusal] as const,
  resolveType,
});

const CancelOrderResult = createUnionType({
  name: 'CancelOrderResult',
  description: 'The cancelled order, or why it was not cancelled.',
  types: () => [OrderType, CancelOrderRefusal] as const,
  resolveType,
});

const longestReason = 500;

/** The order after a change of ours, read anew. */
const present = async (id: OrderId, { loaders }: Context) => {
  loaders.forget();
  const order = await loaders.order.load(id);
  if (!order) throw new Error(`order ${id} was changed but cannot be read`);
  return showOrder(order);
};

/** What belongs to the part of the order that the viewer sees. */
const inPart =
  ({ part }: OrderView) =>
  ({ sellerId }: { sellerId: UserId }): boolean =>
    part === 'WHOLE' || part === sellerId;

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => OrderType)
export class OrderResolver {
  @Query(() => OrderType, {
    nullable: true,
    description: 'An order that you bought or sell in; null when there is none. Needs a signed-in viewer.',
  })
  async order(
    @Arg('id', () => ID, { description: 'The order’s id.' }) id: string,
    @Ctx() { viewer, loaders }: Context,
  ) {
    requireSignedIn(viewer);
    const order = await loaders.order.load(id as OrderId);
    return order && showOrder(order);
  }

  @Mutation(() => PlaceOrderResult, {
    description:
      'Turns your cart into an order and answers at once; stock and payment follow. Watch orderStatusChanged.',
  })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'Everything beside the cart.' })
    input: PlaceOrderInput,
    @Ctx() context: Context,
  ) {
    const { id } = requireSignedIn(context.viewer);
    const outcome = await context.app.placeOrder(id as UserId, readPlacement(input));
    if (outcome.ok) return present(outcome.orderId, context);
    if (outcome.refusal.code === 'GONE') throw unauthenticated('This account is gone. Register a new one.');
    return placeOrderRefusal(outcome.refusal);
  }

  @Mutation(() => CancelOrderResult, {
    description: 'Calls off an order of yours before anything ships; the money goes back.',
  })
  async cancelOrder(
    @Arg('orderId', () => ID, { description: 'The order’s id.' }) orderId: string,
    @Arg('reason', () => String, { nullable: true, description: 'Why, in up to 500 characters.' })
    reason: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const by = actorOf(requireSignedIn(context.viewer));
    const text = reason?.trim() ?? '';
    if (text.length > longestReason || text.includes('\0')) {
      throw badUserInput(`\`reason\` must be text of at most ${longestReason} characters.`, 'reason');
    }
    const outcome = await context.app.cancelOrder(by, orderId as OrderId, text || null);
    return outcome.ok ? present(outcome.orderId, context) : cancelOrderRefusal(outcome.refusal);
  }

  @FieldResolver(() => [OrderLineType], { description: 'What was bought, in the order of the cart.' })
  async lines(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return (await loaders.lines.load(order.id)).filter(inPart(order)).map(showOrderLine);
  }

  @FieldResolver(() => [ShipmentType], { description: 'One per seller.' })
  async shipments(@Root() order: OrderView, @Ctx() { loaders }: Context) {
    return (await loaders.shipments.load(order.id)).filter(inPart(order)).map(showShipment);
  }

  @FieldResolver(() => [OrderTimelineEntryType], { description: 'Everything that happened, oldest first.' })
  async timeline(@Root() { id }: OrderView, @Ctx() { loaders }: Context) {
    return loaders.timeline.load(id);
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'Who bought it.' })
  buyer(@Root() { buyerId }: OrderView): UserStub {
    return { id: buyerId };
  }

  @FieldResolver(() => ShippingAddressType, {
    nullable: true,
    description: 'Where it goes; null once it has been erased.',
  })
  async shippingAddress(@Root() { id }: OrderView, @Ctx() { loaders }: Context) {
    return loaders.address.load(id);
  }
}
