import {
  afterArgument,
  badUserInput,
  CurrencyCodeScalar,
  firstArgument,
  type ListIdentity,
  readPage,
  requireRecentProof,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { ClaimPlace } from '../../application/reads.ts';
import type { Context } from '../context.ts';
import { readAmount } from '../read-amount.ts';
import { readIdempotencyKey, readText } from '../read-text.ts';
import { WriteOffClaimInput } from './claim.input.ts';
import { ClaimConnection, showClaim } from './claim.type.ts';
import { ClaimWriteOffResult, showOutcome } from './claim-result.type.ts';

const mostOwedFirst: ListIdentity = { name: 'claims', values: /^\d{1,18} claims:.+$/ };

/** As its cursor has it. */
const placeIn = (cursor: string): ClaimPlace => {
  const space = cursor.indexOf(' ');
  return { minor: BigInt(cursor.slice(0, space)), id: cursor.slice(space + 1) };
};

/** Translates GraphQL to use cases and back. Knows no rule, no table. */
@Resolver()
export class ClaimResolver {
  @Query(() => ClaimConnection, {
    description: 'Who owes the marketplace, most owed first in minor units; for ADMIN.',
  })
  async claims(
    @Arg('currency', () => CurrencyCodeScalar, {
      nullable: true,
      description: 'In which currency; in any, without.',
    })
    currency: string | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<ClaimConnection> {
    const page = readPage(first, after, 1, mostOwedFirst);
    const wanted = { limit: page.limit + 1, after: page.after && placeIn(page.after[0] ?? '') };
    const claims = await app.listClaims(currency ?? null, wanted);
    return toConnection(claims, page, ({ owed, id }) => [`${owed.minor} ${id}`], showClaim);
  }

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
