import {
  afterArgument,
  badUserInput,
  encodeCursor,
  firstArgument,
  readPage,
  requireSignedIn,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.ts';
import { UserType } from '../user.type.ts';
import { requireAccount } from './require-account.ts';
import { showViewer } from './show-viewer.ts';
import { WishlistConnection, WishlistRefusalCode, WishlistResult } from './wishlist.type.ts';

/** Products has ids of its own making: here they are only text without surprises. */
const productId = /^[\x21-\x7e]{1,64}$/;

const readProductId = (text: string): string => {
  if (productId.test(text)) return text;
  throw badUserInput('That is not the id of a product.', 'productId');
};

/** The viewer's wishlist. */
@Resolver(() => UserType)
export class WishlistResolver {
  @FieldResolver(() => WishlistConnection, {
    nullable: true,
    description: 'Products to remember, newest first: for themself, else null.',
  })
  async wishlist(
    @Root() { id }: UserType,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Ctx() { app }: Context,
  ): Promise<WishlistConnection> {
    const page = readPage(first, after, 1);
    const wishes = await app.findWishes(id, page);
    const { pageInfo } = toConnection(
      wishes,
      page,
      ({ position }) => [position],
      () => null,
    );
    const edges = wishes.slice(0, page.limit).map(({ productId, addedAt, position }) => ({
      cursor: encodeCursor([position]),
      node: { id: productId },
      addedAt,
    }));
    return { edges, pageInfo };
  }

  @Mutation(() => WishlistResult, {
    description: 'Remembers a product. One that is on the list already stays where it is.',
  })
  async addToWishlist(
    @Arg('productId', () => ID, { description: 'The product.' }) id: string,
    @Ctx() context: Context,
  ): Promise<typeof WishlistResult> {
    const viewer = requireSignedIn(context.viewer);
    const outcome = requireAccount(await context.app.addToWishlist(viewer.id, readProductId(id)));
    if (outcome === 'DONE') return showViewer(context);
    return {
      __typename: 'WishlistRefusal',
      code: WishlistRefusalCode[outcome],
      message: 'There are 500 products on your wishlist, and no more fit. Remove one first.',
    };
  }

  @Mutation(() => WishlistResult, {
    description: 'Forgets a product. One that is not on the list is forgotten already.',
  })
  async removeFromWishlist(
    @Arg('productId', () => ID, { description: 'The product.' }) id: string,
    @Ctx() context: Context,
  ): Promise<typeof WishlistResult> {
    const viewer = requireSignedIn(context.viewer);
    requireAccount(await context.app.removeFromWishlist(viewer.id, readProductId(id)));
    return showViewer(context);
  }
}
