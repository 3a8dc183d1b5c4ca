import { orderTokenArgument, requireSignedIn, resolveType } from '@emporium/subgraph';
import { Arg, Ctx, createUnionType, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { OrderId, ShipmentId } from '../application/ports.ts';
import { readCartLine } from './cart.input.ts';
import { actorOf, type Context } from './context.ts';
import { OrderType } from './order.type.ts';
import { orderHolderOf } from './order-holder.ts';
import { present, presentShipment } from './present.ts';
import { readReason } from './read-reason.ts';
import {
  CancelLineRefusal,
  CancelShipmentRefusal,
  cancelLineRefusal,
  cancelShipmentRefusal,
} from './refusals.type.ts';
import { ShipmentType } from './shipment.type.ts';

const CancelShipmentResult = createUnionType({
  name: 'CancelShipmentResult',
  description: 'The shipment that was called off, or why it was not.',
  types: () => [ShipmentType, CancelShipmentRefusal] as const,
  resolveType,
});

const CancelLineResult = createUnionType({
  name: 'CancelLineResult',
  description: 'The order after it, or why nothing was called off.',
  types: () => [OrderType, CancelLineRefusal] as const,
  resolveType,
});

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver()
export class CallOffResolver {
  @Mutation(() => CancelShipmentResult, {
    description:
      'Calls off a shipment of yours of which nothing has left, for its seller; its money goes back. With the last one the order is cancelled.',
  })
  async cancelShipment(
    @Arg('shipmentId', () => ID, { description: 'The shipment’s id.' }) shipmentId: string,
    @Arg('reason', () => String, { nullable: true, description: 'Why, in up to 500 characters.' })
    reason: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const by = actorOf(requireSignedIn(context.viewer));
    const outcome = await context.app.cancelShipment(by, shipmentId as ShipmentId, readReason(reason));
    return outcome.ok
      ? presentShipment(outcome.orderId, shipmentId, context)
      : cancelShipmentRefusal(outcome.refusal);
  }

  @Mutation(() => CancelLineResult, {
    description:
      'Calls off units of a line: for its buyer until any of the line has left, for its seller what has not. Their share of what was paid goes back. With the last unit the order is cancelled. Sent again, it calls off as many again, unless `expectedCancelled` says what you saw.',
  })
  async cancelLine(
    @Arg('orderId', () => ID, { description: 'The order’s id.' }) orderId: string,
    @Arg('variantId', () => ID, { description: 'The variant of the line.' }) variantId: string,
    @Arg('quantity', () => Int, { description: 'How many: 1 to 100,000.' }) quantity: number,
    @Arg('reason', () => String, { nullable: true, description: 'Why, in up to 500 characters.' })
    reason: string | null | undefined,
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
    @Arg('expectedCancelled', () => Int, {
      nullable: true,
      description:
        'The line’s `cancelled` that you saw: when another number is called off by now, nothing is. With it, a request whose answer was lost may be sent again.',
    })
    expectedCancelled: number | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = await orderHolderOf(context, orderToken);
    const units = readCartLine({ variantId, quantity }, 1, 'quantity');
    const said = readReason(reason);
    const outcome = await context.app.cancelLine(
      holder.actor,
      orderId as OrderId,
      { ...units, expectedCancelled: expectedCancelled ?? null },
      said,
    );
    return outcome.ok ? present(outcome.orderId, holder) : cancelLineRefusal(outcome.refusal);
  }
}
