import { badUserInput, requireRecentProof } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context.ts';
import { readAmount } from '../read-amount.ts';
import { readIdempotencyKey, readText } from '../read-text.ts';
import { WriteOffClaimInput } from './claim.input.ts';
import { ClaimWriteOffResult, showOutcome } from './claim-result.type.ts';

/** Translates GraphQL to use cases and back. Knows no rule, no table. */
@Resolver()
export class ClaimResolver {
  @Mutation(() => ClaimWriteOffResult, {
    description:
      'ADMIN gives up what somebody owes the marketplace, or some of it: `Wallet.owed` falls by it. What is in the wallet pays first. It needs a proof of the last 10 minutes, as `withdraw` does: without it, an error STEP_UP_REQUIRED.',
  })
  async writeOffClaim(
    @Arg('input', () => WriteOffClaimInput, { description: 'Whose, how much, and why.' })
    { userId, amount, reason, idempotencyKey }: WriteOffClaimInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof ClaimWriteOffResult> {
    const wish = {
      userId: readId(userId),
      amount: readAmount(amount, 'input.amount'),
      reason: readText(reason, 'reason', 500),
      idempotencyKey: readIdempotencyKey(idempotencyKey),
    };
    const { id } = requireRecentProof(viewer, await app.now());
    return showOutcome(await app.writeOffClaim(wish, id));
  }
}

const readId = (id: string): string => {
  if (id.includes('\0')) throw badUserInput('`userId` must be an id.', 'input.userId');
  return id;
};
