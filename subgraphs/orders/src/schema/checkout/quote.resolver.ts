import { notFound } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { cartTokenArgument, holderOf } from '../cart-holder.ts';
import type { Context } from '../context.ts';
import { refusalOf } from '../refusal-codes.ts';
import { SellerStub, VariantStub } from '../stubs.type.ts';
import { checkoutCodes } from './checkout-codes.ts';
import { CheckoutQuoteInput, readWish } from './quote.input.ts';
import {
  CheckoutQuoteLineType,
  CheckoutQuoteResult,
  CheckoutQuoteShipmentType,
  CheckoutQuoteType,
} from './quote.type.ts';
import { showQuote } from './show-amounts.ts';

const quoteRefusal = refusalOf('CheckoutQuoteRefusal', checkoutCodes);

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => CheckoutQuoteType)
export class CheckoutQuoteResolver {
  @Query(() => CheckoutQuoteResult, {
    description:
      'What an order of your cart, or of a guest’s whose token you have, would cost now, amount by amount.',
  })
  async checkoutQuote(
    @Arg('input', () => CheckoutQuoteInput, { description: 'Where to, how, and with which code.' })
    input: CheckoutQuoteInput,
    @Arg('cartToken', () => String, cartTokenArgument) cartToken: string | null | undefined,
    @Ctx() { app, viewer }: Context,
  ) {
    const outcome = await app.quoteCart(holderOf(viewer, cartToken), readWish(input));
    if (outcome.ok) return showQuote(outcome.quote);
    if (outcome.refusal.code === 'CART_NOT_FOUND') throw notFound('cart');
    const { code, ...details } = outcome.refusal;
    return { ...quoteRefusal(code), ...details };
  }
}

@Resolver(() => CheckoutQuoteLineType)
export class CheckoutQuoteLineResolver {
  @FieldResolver(() => VariantStub, { nullable: true, description: 'What it is.' })
  variant(@Root() { variantId }: CheckoutQuoteLineType): VariantStub {
    return { id: variantId };
  }
}

@Resolver(() => CheckoutQuoteShipmentType)
export class CheckoutQuoteShipmentResolver {
  @FieldResolver(() => SellerStub, { nullable: true, description: 'Who would send it.' })
  seller(@Root() { sellerId }: CheckoutQuoteShipmentType): SellerStub {
    return { id: sellerId };
  }
}
