import { requireSignedIn, unauthenticated } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { BecomeSellerInput, SellerRefusalCode, SellerResult } from './become-seller.type.ts';
import type { Context } from './context.ts';
import { readName } from './read-input.ts';
import { UserType } from './user.type.ts';

/** The viewer's own account. */
@Resolver()
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  async me(@Ctx() { viewer, loaders }: Context): Promise<UserType | null> {
    const user = viewer.id === null ? null : await loaders.users.load(viewer.id);
    return user?.state === 'DELETED' ? null : user;
  }

  @Mutation(() => SellerResult, {
    description:
      'Makes the viewer a seller. The role SELLER is in the next access token: call `refreshSession` or log in again.',
  })
  async becomeSeller(
    @Arg('input', () => BecomeSellerInput, { description: 'How to sell.' }) input: BecomeSellerInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof SellerResult> {
    const { id } = requireSignedIn(viewer);
    const seller = await app.becomeSeller(id, readName(input.displayName, 'input.displayName'));
    if (seller === null) throw unauthenticated('This account is gone. Register a new one.');
    if (typeof seller !== 'string') return { __typename: 'Seller', ...seller };
    return {
      __typename: 'SellerRefusal',
      code: SellerRefusalCode[seller],
      message: 'This account has a shop already.',
    };
  }
}
