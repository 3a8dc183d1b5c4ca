import { requireSignedIn, resolveType } from '@emporium/subgraph';
import { Arg, Ctx, createUnionType, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ChangeCartOutcome } from '../application/change-cart.ts';
import type { UserId } from '../application/ports.ts';
import { CartLineInput, CartLinesInput, readCartLine, readCartLines } from './cart.input.ts';
import { CartLineType, CartType } from './cart.type.ts';
import type { Context } from './context.ts';
import { CartRefusal, cartRefusal } from './refusals.type.ts';
import { showCart } from './show.ts';
import { VariantStub } from './stubs.type.ts';

const CartResult = createUnionType({
  name: 'CartResult',
  description: 'The cart after the change, or why it was not changed.',
  types: () => [CartType, CartRefusal] as const,
  resolveType,
});

type CartResultValue = ReturnType<typeof showCart> | ReturnType<typeof cartRefusal>;

const answer = async (
  outcome: ChangeCartOutcome,
  buyerId: UserId,
  { loaders }: Context,
): Promise<CartResultValue> => {
  if (!outcome.ok) return cartRefusal(outcome.refusal);
  loaders.forget();
  return showCart(await loaders.cart.load(buyerId));
};

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => CartType)
export class CartResolver {
  @Query(() => CartType, { description: 'Your cart. Needs a signed-in viewer.' })
  async cart(@Ctx() { viewer, loaders }: Context) {
    return showCart(await loaders.cart.load(requireSignedIn(viewer).id as UserId));
  }

  @Mutation(() => CartResult, { description: 'Adds to the quantity that the line has.' })
  async addToCart(
    @Arg('input', () => CartLineInput, { description: 'What, and how many more.' }) input: CartLineInput,
    @Ctx() context: Context,
  ): Promise<CartResultValue> {
    const buyerId = requireSignedIn(context.viewer).id as UserId;
    return answer(await context.app.addToCart(buyerId, [readCartLine(input, 1)]), buyerId, context);
  }

  @Mutation(() => CartResult, { description: 'Adds many lines at once: all or none.' })
  async addLinesToCart(
    @Arg('input', () => CartLinesInput, { description: 'What, and how many more of each.' })
    input: CartLinesInput,
    @Ctx() context: Context,
  ): Promise<CartResultValue> {
    const buyerId = requireSignedIn(context.viewer).id as UserId;
    return answer(await context.app.addToCart(buyerId, readCartLines(input)), buyerId, context);
  }

  @Mutation(() => CartResult, { description: 'Sets a line’s quantity; 0 removes the line.' })
  async updateCartLine(
    @Arg('input', () => CartLineInput, { description: 'Which line, and how many from now on.' })
    input: CartLineInput,
    @Ctx() context: Context,
  ): Promise<CartResultValue> {
    const buyerId = requireSignedIn(context.viewer).id as UserId;
    return answer(await context.app.updateCartLine(buyerId, readCartLine(input, 0)), buyerId, context);
  }
}

@Resolver(() => CartLineType)
export class CartLineResolver {
  @FieldResolver(() => VariantStub, { nullable: true, description: 'What it is.' })
  variant(@Root() { variantId }: CartLineType): VariantStub {
    return { id: variantId };
  }
}
