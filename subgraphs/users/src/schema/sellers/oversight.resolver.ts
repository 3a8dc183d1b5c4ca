import {
  afterArgument,
  firstArgument,
  requireRecentProof,
  requireSignedIn,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { mayOversee } from '../../application/sellers/oversee-sellers.ts';
import { showSeller } from '../../application/sellers/show-seller.ts';
import type { Context } from '../context.ts';
import { readReason } from '../read-input.ts';
import { readApplications } from './read-applications.ts';
import { SellerConnection, SellerStatus } from './seller.type.ts';
import { SellerResult } from './seller-result.type.ts';
import { showOutcome } from './show-outcome.ts';

const sellerId = { description: 'The seller.' } as const;
const reason = { description: 'Why, in 1 to 500 characters; the seller reads it.' } as const;

const again = 'Doing it again gives the same answer.';

type Oversight = Parameters<Context['app']['overseeSeller']>[1];

const oversee = async (id: string, command: Oversight, context: Context) => {
  const by = { ...requireSignedIn(context.viewer), origin: context.origin };
  // Only of who may do it at all: to others there is no such seller.
  if (command.type === 'Suspend' && mayOversee(by))
    requireRecentProof(context.viewer, await context.app.now());
  return showOutcome(await context.app.overseeSeller(id, command, by), context);
};

/** What administrators see of sellers, and decide about them. */
@Resolver()
export class OversightResolver {
  @Query(() => SellerConnection, {
    description: 'Who has applied to sell, and what became of it: the oldest application first. For ADMIN.',
  })
  async sellerApplications(
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Arg('status', () => SellerStatus, {
      nullable: true,
      description: 'Only those who stand there; without it, all.',
    })
    status: SellerStatus | null | undefined,
    @Ctx() { app }: Context,
  ) {
    const { page, slice } = readApplications(first, after);
    const sellers = await app.listSellers({ ...slice, status: status ?? null });
    return toConnection(sellers, page, (seller) => [seller.appliedAt, seller.id], showSeller);
  }

  @Mutation(() => SellerResult, {
    description: `Grants an application: the user gets the role SELLER. ${again} For ADMIN.`,
  })
  approveSeller(@Arg('sellerId', () => ID, sellerId) id: string, @Ctx() context: Context) {
    return oversee(id, { type: 'Approve' }, context);
  }

  @Mutation(() => SellerResult, { description: `Turns an application down. ${again} For ADMIN.` })
  rejectSeller(
    @Arg('sellerId', () => ID, sellerId) id: string,
    @Arg('reason', () => String, reason) why: string,
    @Ctx() context: Context,
  ) {
    return oversee(id, { type: 'Reject', reason: readReason(why, 'reason') }, context);
  }

  @Mutation(() => SellerResult, {
    description: `Takes all that a seller offers out of the shop, and the role SELLER away. Orders that are placed go on. It needs a proof of the last 10 minutes, else it is an error STEP_UP_REQUIRED. ${again} For ADMIN.`,
  })
  suspendSeller(
    @Arg('sellerId', () => ID, sellerId) id: string,
    @Arg('reason', () => String, reason) why: string,
    @Ctx() context: Context,
  ) {
    return oversee(id, { type: 'Suspend', reason: readReason(why, 'reason') }, context);
  }

  @Mutation(() => SellerResult, {
    description: `Lets a suspended seller sell again: what they offer is back in the shop. Not while their account is deactivated. ${again} For ADMIN.`,
  })
  reinstateSeller(@Arg('sellerId', () => ID, sellerId) id: string, @Ctx() context: Context) {
    return oversee(id, { type: 'Reinstate' }, context);
  }
}
