import {
  isSignedIn,
  notFound,
  rateLimited,
  requireSignedIn,
  resolveType,
  unauthenticated,
} from '@emporium/subgraph';
import { Arg, Ctx, createUnionType, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { CartHolder } from '../application/change-cart.ts';
import type { UserId } from '../application/ports.ts';
import type { CartLine } from '../domain/cart.ts';
import { CartLineInput, CartLinesInput, readCartLine, readCartLines } from './cart.input.ts';
import { CartType } from './cart.type.ts';
import { cartTokenArgument, holderOf } from './cart-holder.ts';
import { showCartRefusal } from './cart-refusal.ts';
import type { Context } from './context.ts';
import { CartRefusal, cartRefusal } from './refusals.type.ts';
import { showCart } from './show.ts';

const CartResult = createUnionType({
  name: 'CartResult',
  description: 'The cart after the change, or why it was not changed.',
  types: () => [CartType, CartRefusal] as const,
  resolveType,
});

type Shown = NonNullable<Parameters<typeof showCart>[1]>;
type CartResultValue = ReturnType<typeof showCart> | ReturnType<typeof showCartRefusal>;

const read = async (holder: CartHolder, { app, loaders }: Context, shown: Shown = {}) => {
  const cart =
    typeof holder === 'string' ? await loaders.cart.load(holder) : await app.guestCart(holder.cartToken);
  if (!cart) throw notFound('cart');
  return showCart(cart, shown);
};

/** The cart after a change of ours, read anew. */
const present = (holder: CartHolder, context: Context, shown: Shown = {}) => {
  context.loaders.forget();
  return read(holder, context, shown);
};

/** Adds to one's own cart, to the guest's whose token is sent, or to a new guest's. `many` names lines by their place. */
const add = async (
  lines: readonly CartLine[],
  cartToken: string | null | undefined,
  context: Context,
  many?: readonly CartLine[],
): Promise<CartResultValue> => {
  const { app, viewer } = context;
  if (isSignedIn(viewer) || cartToken != null) {
    const holder = holderOf(viewer, cartToken);
    const outcome = await app.addToCart(holder, lines);
    return outcome.ok ? present(holder, context) : showCartRefusal(outcome, many);
  }
  const opened = await app.openGuestCart(viewer.address, lines);
  if (opened.ok) return present(opened, context, { cartToken: opened.cartToken });
  if ('retryAfter' in opened) throw rateLimited(opened.retryAfter);
  return showCartRefusal(opened, many);
};

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => CartType)
export class CartResolver {
  @Query(() => CartType, { description: 'Your cart: of your account, or of a guest whose token you have.' })
  cart(
    @Arg('cartToken', () => String, cartTokenArgument) cartToken: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return read(holderOf(context.viewer, cartToken), context);
  }

  @Mutation(() => CartResult, {
    description:
      'Adds to the quantity that the line has. A guest without a token opens a cart by it: keep the `cartToken` of the answer.',
  })
  addToCart(
    @Arg('input', () => CartLineInput, { description: 'What, and how many more.' }) input: CartLineInput,
    @Arg('cartToken', () => String, cartTokenArgument) cartToken: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<CartResultValue> {
    return add([readCartLine(input, 1)], cartToken, context);
  }

  @Mutation(() => CartResult, {
    description: 'Adds many lines at once: all or none. A guest without a token opens a cart by it.',
  })
  addLinesToCart(
    @Arg('input', () => CartLinesInput, { description: 'What, and how many more of each.' })
    input: CartLinesInput,
    @Arg('cartToken', () => String, cartTokenArgument) cartToken: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<CartResultValue> {
    const lines = readCartLines(input);
    return add(lines, cartToken, context, lines);
  }

  @Mutation(() => CartResult, {
    description:
      'Sets a line’s quantity; 0 removes the line. Say what you saw before, and it is refused with CART_CHANGED when that is no longer so.',
  })
  async updateCartLine(
    @Arg('input', () => CartLineInput, { description: 'Which line, and how many from now on.' })
    input: CartLineInput,
    @Arg('cartToken', () => String, cartTokenArgument) cartToken: string | null | undefined,
    @Arg('expectedVersion', () => Int, {
      nullable: true,
      description: 'The cart’s `version` that you saw: nothing else may have changed either.',
    })
    expectedVersion: number | null | undefined,
    @Arg('expectedQuantity', () => Int, {
      nullable: true,
      description: 'The line’s quantity that you saw, 0 for none: only this line may not have changed.',
    })
    expectedQuantity: number | null | undefined,
    @Ctx() context: Context,
  ): Promise<CartResultValue> {
    const holder = holderOf(context.viewer, cartToken);
    const seen = { version: expectedVersion ?? null, quantity: expectedQuantity ?? null };
    const outcome = await context.app.updateCartLine(holder, readCartLine(input, 0), seen);
    return outcome.ok ? present(holder, context) : showCartRefusal(outcome);
  }

  @Mutation(() => CartResult, {
    description:
      'Puts what you had in a guest’s cart into your own: quantities add up, and the guest’s cart ends. Call it once after signing in; the same token again changes nothing.',
  })
  async mergeCart(
    @Arg('cartToken', () => String, { description: 'Of the guest’s cart.' }) cartToken: string,
    @Ctx() context: Context,
  ): Promise<CartResultValue> {
    const buyerId = requireSignedIn(context.viewer).id as UserId;
    const outcome = await context.app.mergeCart(buyerId, cartToken);
    if (outcome.ok) {
      const more = outcome.capped.map((variantId) => ({ code: 'QUANTITY_CAPPED' as const, variantId }));
      return present(buyerId, context, { more });
    }
    const { refusal } = outcome;
    if (refusal === 'GONE') throw unauthenticated('This account is gone. Register a new one.');
    return cartRefusal(refusal, 'cartToken');
  }
}
