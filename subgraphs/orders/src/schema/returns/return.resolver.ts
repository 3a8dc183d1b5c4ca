import { badUserInput, orderTokenArgument, requireSignedIn, resolveType } from '@emporium/subgraph';
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
import type { ReturnId, VariantId } from '../../application/ports.ts';
import type { ReturnOutcome } from '../../application/returns/return-outcome.ts';
import type { ReturnView } from '../../application/returns/return-reads.ts';
import { actorOf, type Context } from '../context.ts';
import { OrderType } from '../order.type.ts';
import { type OrderHolder, orderHolderOf } from '../order-holder.ts';
import { readReason } from '../read-reason.ts';
import { type ShownBy, showOrder } from '../show.ts';
import { SellerStub, VariantStub } from '../stubs.type.ts';
import { ReceiveReturnInput, RequestReturnInput, readArrival, readReturnRequest } from './return.input.ts';
import { OrderReturnType, ReturnLineType } from './return.type.ts';
import {
  RequestReturnRefusal,
  ReturnRefusal,
  requestReturnRefusal,
  returnRefusal,
} from './return-refusals.type.ts';
import { showReturn } from './show-return.ts';

const RequestReturnResult = createUnionType({
  name: 'RequestReturnResult',
  description: 'The return that was asked for, or why none was made.',
  types: () => [OrderReturnType, RequestReturnRefusal] as const,
  resolveType,
});

const ReturnResult = createUnionType({
  name: 'ReturnResult',
  description: 'The return after the change, or why it was not changed.',
  types: () => [OrderReturnType, ReturnRefusal] as const,
  resolveType,
});

const returnIdArgument = { description: 'The return’s id.' };

/** The return after a change of ours, read anew. */
const present = async (id: ReturnId, { loaders }: Context, holder?: OrderHolder) => {
  loaders.forget();
  const view = await loaders.return.load(id);
  if (!view) throw new Error(`return ${id} was changed but cannot be read`);
  return showReturn(view, holder);
};

const answer = (outcome: ReturnOutcome, context: Context, holder?: OrderHolder) =>
  outcome.ok ? present(outcome.returnId, context, holder) : returnRefusal(outcome.refusal);

type Shown = ReturnView & Pick<ShownBy, 'byToken'>;

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => OrderReturnType)
export class ReturnResolver {
  @Query(() => OrderReturnType, {
    nullable: true,
    description:
      'A return of yours, as its buyer or its seller; null when there is none. Needs a signed-in viewer or the token of a guest’s order.',
  })
  async return(
    @Arg('id', () => ID, returnIdArgument) id: string,
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = await orderHolderOf(context, orderToken);
    const view = await context.loaders.return.load(id as ReturnId);
    if (!view || (holder.byToken && view.buyerId !== holder.onlooker.id)) return null;
    return showReturn(view, holder);
  }

  @Mutation(() => RequestReturnResult, {
    description:
      'Asks to send back units of a shipment that has arrived, for its buyer. Send the same key again when in doubt.',
  })
  async requestReturn(
    @Arg('input', () => RequestReturnInput, { description: 'What, and why.' }) input: RequestReturnInput,
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = await orderHolderOf(context, orderToken);
    const outcome = await context.app.requestReturn(holder.actor, readReturnRequest(input));
    return outcome.ok ? present(outcome.returnId, context, holder) : requestReturnRefusal(outcome.refusal);
  }

  @Mutation(() => ReturnResult, { description: 'Says that you wait for a return, for its seller.' })
  async approveReturn(
    @Arg('returnId', () => ID, returnIdArgument) returnId: string,
    @Ctx() context: Context,
  ) {
    const by = actorOf(requireSignedIn(context.viewer));
    return answer(await context.app.approveReturn(by, returnId as ReturnId), context);
  }

  @Mutation(() => ReturnResult, {
    description: 'Says that you do not take a return, as long as it has not come back; for its seller.',
  })
  async rejectReturn(
    @Arg('returnId', () => ID, returnIdArgument) returnId: string,
    @Arg('reason', () => String, { description: 'Why, for the buyer, in 1 to 500 characters.' })
    reason: string,
    @Ctx() context: Context,
  ) {
    const by = actorOf(requireSignedIn(context.viewer));
    const why = readReason(reason);
    if (why === null) throw badUserInput('`reason` must say why.', 'reason');
    return answer(await context.app.rejectReturn(by, returnId as ReturnId, why), context);
  }

  @Mutation(() => ReturnResult, {
    description: 'Says that you keep it after all, as long as it has not come back; for its buyer.',
  })
  async cancelReturn(
    @Arg('returnId', () => ID, returnIdArgument) returnId: string,
    @Arg('orderToken', () => String, orderTokenArgument) orderToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const holder = await orderHolderOf(context, orderToken);
    return answer(await context.app.cancelReturn(holder.actor, returnId as ReturnId), context, holder);
  }

  @Mutation(() => ReturnResult, {
    description:
      'Says that a return, or a part of it, came back, once: its units are in stock again or written off, and its money goes back. For its seller. Saying the same again changes nothing.',
  })
  async receiveReturn(
    @Arg('input', () => ReceiveReturnInput, { description: 'What came back, and what for.' })
    input: ReceiveReturnInput,
    @Ctx() context: Context,
  ) {
    const by = actorOf(requireSignedIn(context.viewer));
    const { returnId, ...arrival } = readArrival(input);
    return answer(await context.app.receiveReturn(by, returnId, arrival), context);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order that it was in.' })
  async order(@Root() { orderId, buyerId, byToken }: Shown, @Ctx() { app, loaders }: Context) {
    if (!byToken) {
      const order = await loaders.order.load(orderId);
      return order && showOrder(order);
    }
    const [order] = await app.reads.orders([orderId], { id: buyerId, readsAll: false });
    return order && showOrder(order, { byToken });
  }

  @FieldResolver(() => SellerStub, { nullable: true, description: 'To whom it goes back.' })
  seller(@Root() { sellerId }: ReturnView): SellerStub {
    return { id: sellerId };
  }
}

@Resolver(() => ReturnLineType)
export class ReturnLineResolver {
  @FieldResolver(() => VariantStub, { nullable: true, description: 'What it is.' })
  variant(@Root() { variantId }: { variantId: VariantId }): VariantStub {
    return { id: variantId };
  }
}
