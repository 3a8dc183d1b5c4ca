import { DateTimeScalar, orderTokenArgument, requireSignedIn, resolveType } from '@emporium/subgraph';
import { Arg, Ctx, createUnionType, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { MoveShipmentOutcome } from '../application/move-shipment.ts';
import type { OrderId, ShipmentId } from '../application/ports.ts';
import type { OrderLineView, ShipmentView } from '../application/reads.ts';
import type { ReturnView } from '../application/returns/return-reads.ts';
import { actorOf, type Context } from './context.ts';
import { type OrderHolder, orderHolderOf } from './order-holder.ts';
import { presentShipment } from './present.ts';
import { ShipmentRefusal, shipmentRefusal } from './refusals.type.ts';
import { OrderReturnType } from './returns/return.type.ts';
import { showReturn } from './returns/show-return.ts';
import { readParcel, ShipInput } from './ship.input.ts';
import { OrderLineType, ParcelLineType, ShipmentType } from './shipment.type.ts';
import { type ShownBy, showOrderLine } from './show.ts';
import { SellerStub, VariantStub } from './stubs.type.ts';

const ShipmentResult = createUnionType({
  name: 'ShipmentResult',
  description: 'The shipment after the change, or why it was not changed.',
  types: () => [ShipmentType, ShipmentRefusal] as const,
  resolveType,
});

const answer = (
  outcome: MoveShipmentOutcome,
  shipmentId: string,
  context: Context,
  holder?: OrderHolder,
) =>
  outcome.ok
    ? presentShipment(outcome.orderId, shipmentId, context, holder)
    : shipmentRefusal(outcome.refusal);

type Shown = ShipmentView & Pick<ShownBy, 'byToken'>;

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => ShipmentType)
export class ShipmentResolver {
  @Mutation(() => ShipmentResult, {
    description:
      'Says that a shipment of yours, or a part of it, is on its way; for its seller. Saying the same again changes nothing.',
  })
  async shipShipment(
    @Arg('input', () => ShipInput, { description: 'Which shipment, and how it travels.' }) input: ShipInput,
    @Ctx() context: Context,
  ) {
    const by = actorOf(requireSignedIn(context.viewer));
    return answer(await context.app.shipShipment(by, readParcel(input)), input.shipmentId, context);
  }

  @Mutation(() => ShipmentResult, {
    description: 'Says that a shipment has arrived, which pays its seller; for the buyer.',
  })
  async confirmDelivery(
    @Arg('shipmentId', () => ID, { description: 'The shipment’s id.' }) shipmentId: string,
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = await orderHolderOf(context, orderToken);
    const outcome = await context.app.confirmDelivery(holder.actor, shipmentId as ShipmentId);
    return answer(outcome, shipmentId, context, holder);
  }

  @FieldResolver(() => SellerStub, { nullable: true, description: 'Who sends it.' })
  seller(@Root() { sellerId }: ShipmentView): SellerStub {
    return { id: sellerId };
  }

  @FieldResolver(() => [OrderLineType], { description: 'What is in it.' })
  async lines(
    @Root() { id, orderId, pastLines }: ShipmentView & { pastLines?: readonly OrderLineView[] },
    @Ctx() { loaders }: Context,
  ) {
    const lines = pastLines ?? (await loaders.lines.load(orderId as OrderId));
    return lines.filter(({ shipmentId }) => shipmentId === id).map(showOrderLine);
  }

  @FieldResolver(() => [OrderReturnType], {
    description: 'What was asked to be sent back of it, in the order in which it was.',
  })
  async returns(
    @Root() { id, orderId, pastReturns, byToken }: Shown & { pastReturns?: readonly ReturnView[] },
    @Ctx() { loaders }: Context,
  ) {
    const returns = pastReturns ?? (await loaders.returns.load(orderId as OrderId));
    return returns
      .filter(({ shipmentId }) => shipmentId === id)
      .map((view) => showReturn(view, { byToken }));
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when what is in it can be asked to be returned; null until it has arrived.',
  })
  returnableUntil(@Root() { arrivedAt }: ShipmentView, @Ctx() { app }: Context): string | null {
    if (arrivedAt === null) return null;
    return new Date(Date.parse(arrivedAt) + app.returnDays * 86_400_000).toISOString();
  }
}

@Resolver(() => ParcelLineType)
export class ParcelLineResolver {
  @FieldResolver(() => VariantStub, { nullable: true, description: 'What it is.' })
  variant(@Root() { variantId }: { variantId: string }): VariantStub {
    return { id: variantId };
  }
}

@Resolver(() => OrderLineType)
export class OrderLineResolver {
  @FieldResolver(() => VariantStub, { nullable: true, description: 'What it is.' })
  variant(@Root() { variantId }: OrderLineView): VariantStub {
    return { id: variantId };
  }
}
