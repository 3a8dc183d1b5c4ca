import { requireSignedIn, unauthenticated } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { showSeller } from '../../application/sellers/show-seller.ts';
import type { Context } from '../context.ts';
import { readName } from '../read-input.ts';
import { UserType } from '../user.type.ts';
import { SellerType } from './seller.type.ts';
import { BecomeSellerInput, SellerResult } from './seller-result.type.ts';
import { showOutcome } from './show-outcome.ts';

/** A seller, and how an account becomes one. */
@Resolver(() => SellerType)
export class SellerResolver {
  @Mutation(() => SellerResult, {
    description:
      'Applies to sell. Where administrators approve sellers the seller is PENDING, and the e-mail address must be verified; else ACTIVE at once. Once ACTIVE, the role SELLER is in the next access token: call `refreshSession` or log in again.',
  })
  async becomeSeller(
    @Arg('input', () => BecomeSellerInput, { description: 'How to sell.' }) input: BecomeSellerInput,
    @Ctx() context: Context,
  ): Promise<typeof SellerResult> {
    const { id } = requireSignedIn(context.viewer);
    const displayName = readName(input.displayName, 'input.displayName');
    const outcome = await context.app.becomeSeller(id, displayName, context.origin);
    if (!outcome.ok && outcome.refusal === 'NOT_FOUND') {
      throw unauthenticated('This account is gone. Register a new one.');
    }
    return showOutcome(outcome, context);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'Whose shop it is: for themself and administrators, else null.',
  })
  async user(@Root() { id, shownTo }: SellerType, @Ctx() { loaders }: Context) {
    const user = await loaders.users.load(id);
    return user && shownTo ? { ...user, shownTo } : user;
  }
}

/** What selling adds to an account. */
@Resolver(() => UserType)
export class UsersSellerResolver {
  @FieldResolver(() => SellerType, {
    nullable: true,
    description:
      'Their shop, or their application to open one: for themself and administrators, else null.',
  })
  async seller(@Root() { id, shownTo }: UserType, @Ctx() { loaders }: Context) {
    const seller = await loaders.sellers.load(id);
    return seller && { ...showSeller(seller), ...(shownTo && { shownTo }) };
  }
}
