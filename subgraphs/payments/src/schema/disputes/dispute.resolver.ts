import { afterArgument, badUserInput, firstArgument, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Decision } from '../../application/dispute-shipments.ts';
import type { Context } from '../context.ts';
import { Order } from '../order.type.ts';
import { readAmount } from '../read-amount.ts';
import { readIdempotencyKey, readText } from '../read-text.ts';
import { DecideDisputeInput, DisputeFilter, OpenDisputeInput } from './dispute.input.ts';
import { Dispute, DisputeConnection, showDispute } from './dispute.type.ts';
import { DisputeResult, showOutcome } from './dispute-result.type.ts';
import { listDisputes } from './list-disputes.ts';

/** Translates GraphQL to use cases and back. Knows no rule, no table, no card provider. */
@Resolver(() => Order)
export class DisputeResolver {
  @FieldResolver(() => [Dispute], {
    nullable: true,
    description:
      'What its buyer disputes or disputed, oldest first; null until its payment is asked for. For its buyer, SUPPORT and ADMIN; its sellers see those against them.',
  })
  async disputes(@Root() { id }: Order, @Ctx() { loaders }: Context): Promise<Dispute[] | null> {
    return (await loaders.disputesByOrder.load(id))?.map(showDispute) ?? null;
  }

  @Query(() => DisputeConnection, {
    name: 'disputes',
    description: 'All disputes, newest first; for ADMIN and SUPPORT.',
  })
  all(
    @Arg('filter', () => DisputeFilter, { nullable: true, description: 'Which; all, without one.' })
    filter: DisputeFilter | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<DisputeConnection> {
    const about = { orderId: filter?.orderId ?? null, sellerId: filter?.sellerId ?? null };
    return listDisputes(filter, about, { first, after }, context);
  }

  @Mutation(() => DisputeResult, {
    description:
      'The buyer disputes a shipment whose money is still held: it is not released, by delivery nor by time, until an administrator decides. An open dispute changes nothing of calling off.',
  })
  async openDispute(
    @Arg('input', () => OpenDisputeInput, { description: 'Which shipment, and why.' })
    { shipmentId, reason, note, idempotencyKey }: OpenDisputeInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof DisputeResult> {
    const { id: userId } = requireSignedIn(viewer);
    const said = {
      note: note == null ? null : readText(note, 'note', 2000),
      idempotencyKey: readIdempotencyKey(idempotencyKey),
    };
    return showOutcome(await app.openDispute({ userId, shipmentId, reason, ...said }));
  }

  @Mutation(() => DisputeResult, {
    description:
      'The buyer withdraws a dispute. If the shipment had arrived meanwhile, its seller is paid at once.',
  })
  async withdrawDispute(
    @Arg('disputeId', () => ID, { description: 'An open dispute of yours.' }) disputeId: string,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof DisputeResult> {
    const { id: userId } = requireSignedIn(viewer);
    return showOutcome(await app.withdrawDispute({ userId, disputeId }));
  }

  @Mutation(() => DisputeResult, {
    description:
      'ADMIN decides a dispute: for the buyer, who gets all or a part back while the rest goes to the seller, or for the seller, who gets it all. The same decision again changes nothing.',
  })
  async decideDispute(
    @Arg('input', () => DecideDisputeInput, { description: 'Which, and for whom.' })
    input: DecideDisputeInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof DisputeResult> {
    const { id: userId } = requireSignedIn(viewer);
    const { disputeId } = input;
    return showOutcome(await app.decideDispute({ userId, disputeId, ...readDecision(input) }));
  }
}

const readDecision = ({ inFavourOf, refund }: DecideDisputeInput): Decision => {
  if (inFavourOf === 'BUYER')
    return { inFavourOf, refund: refund == null ? null : readAmount(refund, 'input.refund') };
  if (refund != null)
    throw badUserInput('Nothing goes back when it is decided for the seller.', 'input.refund');
  return { inFavourOf };
};
