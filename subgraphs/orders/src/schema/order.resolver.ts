import type { Instant } from '@emporium/domain';
import {
  DateTimeScalar,
  orderTokenArgument,
  rateLimited,
  resolveType,
  unauthenticated,
} from '@emporium/subgraph';
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
import type { PastOrder } from '../application/order-as-of.ts';
import type { OrderId, UserId } from '../application/ports.ts';
import type { OrderView } from '../application/reads.ts';
import { isGuest } from '../domain/guest.ts';
import { timelineOf } from '../domain/timeline.ts';
import { cartTokenArgument, holderOf } from './cart-holder.ts';
import { type Context, onlookerOf } from './context.ts';
import { OrderType, ShippingAddressType } from './order.type.ts';
import { orderHolderOf } from './order-holder.ts';
import { PlaceOrderInput, readGuestPlacement, readPlacement } from './place-order.input.ts';
import { present } from './present.ts';
import { readReason } from './read-reason.ts';
import {
  CancelOrderRefusal,
  cancelOrderRefusal,
  PlaceOrderRefusal,
  placeOrderRefusal,
} from './refusals.type.ts';
import { OrderReturnType } from './returns/return.type.ts';
import { showReturn } from './returns/show-return.ts';
import { OrderLineType, ShipmentType } from './shipment.type.ts';
import { type ShownBy, showOrder, showOrderLine, showShipment, showTimelineEntry } from './show.ts';
import { UserStub } from './stubs.type.ts';
import { OrderTimelineEntryType } from './timeline.type.ts';

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

/** An order as it is, or as it was. */
type Shown = OrderView & Partial<Pick<PastOrder, 'past'>> & Partial<ShownBy>;

/** What belongs to the part of the order that the viewer sees. */
const inPart =
  ({ part }: OrderView) =>
  ({ sellerId }: { sellerId: UserId }): boolean =>
    part === 'WHOLE' || part === sellerId;

const placeAsGuest = async (input: PlaceOrderInput, cartToken: string, context: Context) => {
  const outcome = await context.app.placeAsGuest(
    context.viewer.address,
    cartToken,
    readGuestPlacement(input),
  );
  if (!outcome.ok) {
    if (!outcome.refusal) throw rateLimited(outcome.retryAfter);
    return placeOrderRefusal(outcome.refusal);
  }
  const { orderId, orderToken } = outcome;
  return present(orderId, await orderHolderOf(context, orderToken), orderToken);
};

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => OrderType)
export class OrderResolver {
  @Query(() => OrderType, {
    nullable: true,
    description:
      'An order that you bought, or that you sell in once it is paid; null when there is none. Needs a signed-in viewer or the token of a guest’s order.',
  })
  async order(
    @Arg('id', () => ID, { description: 'The order’s id.' }) id: string,
    @Arg('asOf', () => DateTimeScalar, {
      nullable: true,
      description:
        'The order as it was then: status, lines, shipments, timeline; null before it was placed. The address, and what other services add, are as they are now.',
    })
    asOf: string | null | undefined,
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = await orderHolderOf(context, orderToken);
    const order =
      asOf == null
        ? await holder.loaders.order.load(id as OrderId)
        : await context.app.orderAsOf(id as OrderId, asOf as Instant, holder.onlooker);
    return order && showOrder(order, holder);
  }

  @Mutation(() => PlaceOrderResult, {
    description:
      'Turns your cart, or a guest’s whose token you have, into an order and answers at once; stock and payment follow. Watch orderStatusChanged. A guest pays by card and gives an `email`: keep the `orderToken` of the answer.',
  })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'Everything beside the cart.' })
    input: PlaceOrderInput,
    @Arg('cartToken', () => String, cartTokenArgument) cartToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = holderOf(context.viewer, cartToken);
    if (typeof holder !== 'string') return placeAsGuest(input, holder.cartToken, context);
    const outcome = await context.app.placeOrder(holder, readPlacement(input));
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
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = await orderHolderOf(context, orderToken);
    const outcome = await context.app.cancelOrder(holder.actor, orderId as OrderId, readReason(reason));
    return outcome.ok ? present(outcome.orderId, holder) : cancelOrderRefusal(outcome.refusal);
  }

  @FieldResolver(() => [OrderLineType], { description: 'What was bought, in the order of the cart.' })
  async lines(@Root() order: Shown, @Ctx() { loaders }: Context) {
    return (order.past?.lines ?? (await loaders.lines.load(order.id)))
      .filter(inPart(order))
      .map(showOrderLine);
  }

  @FieldResolver(() => [ShipmentType], { description: 'One per seller.' })
  async shipments(@Root() order: Shown, @Ctx() { loaders }: Context) {
    if (!order.past)
      return (await loaders.shipments.load(order.id))
        .filter(inPart(order))
        .map((shipment) => showShipment(shipment, order));
    const { lines, shipments, returns } = order.past;
    return shipments
      .filter(inPart(order))
      .map((shipment) => ({ ...showShipment(shipment, order), pastLines: lines, pastReturns: returns }));
  }

  @FieldResolver(() => [OrderReturnType], {
    description: 'What was asked to be sent back of it, in the order in which it was.',
  })
  async returns(@Root() order: Shown, @Ctx() { loaders }: Context) {
    return (order.past?.returns ?? (await loaders.returns.load(order.id)))
      .filter(inPart(order))
      .map((view) => showReturn(view, order));
  }

  @FieldResolver(() => [OrderTimelineEntryType], {
    description:
      'Everything that happened, oldest first: steps, further attempts, compensation. A seller sees what concerns the order or their own shipment.',
  })
  async timeline(@Root() { id, part, past }: Shown, @Ctx() { loaders, viewer }: Context) {
    const { recorded, said } = past?.history ?? (await loaders.history.load(id));
    const entries = timelineOf(recorded, said, { part, onlooker: onlookerOf(viewer) });
    return entries.map((entry) => showTimelineEntry(id, entry));
  }

  @FieldResolver(() => UserStub, {
    nullable: true,
    description: 'Who bought it; null where that was done without an account.',
  })
  buyer(@Root() { buyerId }: OrderView): UserStub | null {
    return isGuest(buyerId) ? null : { id: buyerId };
  }

  @FieldResolver(() => ShippingAddressType, {
    nullable: true,
    description: 'Where it goes; null once it has been erased.',
  })
  async shippingAddress(@Root() { id }: OrderView, @Ctx() { loaders }: Context) {
    return loaders.address.load(id);
  }
}
