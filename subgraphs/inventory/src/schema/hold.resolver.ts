import { asId, type Decision } from '@emporium/domain';
import { badUserInput, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Hold, HoldRefusal } from '../domain/hold.ts';
import { actorOf, type Context } from './context.ts';
import {
  ReserveStockInput,
  type StockReservation,
  type StockReservationRefusal,
  StockReservationRefusalCode,
  StockReservationResult,
} from './hold.types.ts';
import { readId } from './read-id.ts';
import { readText } from './read-text.ts';

type Result = StockReservation | StockReservationRefusal;

const highestQuantity = 100_000;

const messages: Record<HoldRefusal, string> = {
  NOT_FOUND: 'There is no such variant or reservation, or it is not for you.',
  INSUFFICIENT_STOCK: 'Fewer units are available than you want. Look at its availability and try again.',
  TOO_MANY_RESERVATIONS: 'You have as many reservations as you may. Order, or release one.',
  IDEMPOTENCY_MISMATCH: 'You used this idempotency key for another reservation. Use a new key.',
};

const toResult = (outcome: Decision<Hold, HoldRefusal>): Result | undefined => {
  if (!outcome.ok) {
    const code = StockReservationRefusalCode[outcome.refusal];
    return { __typename: 'StockReservationRefusal', code, message: messages[outcome.refusal] };
  }
  const [hold] = outcome.events;
  return hold && { ...hold, __typename: 'StockReservation', variant: { id: hold.variantId } };
};

/** Units that are kept for a buyer before they order. */
@Resolver()
export class HoldResolver {
  @Mutation(() => StockReservationResult, {
    description: 'Keeps units for you until you order them, for a while.',
  })
  async reserveStock(
    @Arg('input', () => ReserveStockInput, { description: 'What to keep.' })
    { variantId, quantity, idempotencyKey }: ReserveStockInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<Result | undefined> {
    const actor = actorOf(requireSignedIn(viewer));
    if (quantity < 1 || quantity > highestQuantity) {
      throw badUserInput(`\`quantity\` must be 1 to ${highestQuantity}.`, 'input.quantity');
    }
    const wanted = {
      variantId: asId<'Variant'>(readId(variantId)),
      quantity,
      idempotencyKey: readText(idempotencyKey, 'idempotencyKey', 'input', 200),
    };
    return toResult(await app.holdStock(wanted, actor));
  }

  @Mutation(() => StockReservationResult, {
    description: 'Gives kept units back. A reservation that has ended stays as it is.',
  })
  async releaseReservation(
    @Arg('reservationId', () => ID, { description: 'The reservation.' }) reservationId: string,
    @Ctx() { app, viewer }: Context,
  ): Promise<Result | undefined> {
    const actor = actorOf(requireSignedIn(viewer));
    return toResult(await app.releaseHold(asId<'Hold'>(readId(reservationId)), actor));
  }
}
