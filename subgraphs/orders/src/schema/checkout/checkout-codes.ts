/** Why a cart has no price, in a quote as in an order. */
import type { Codes } from '../refusal-codes.ts';

export const checkoutCodes = {
  EMPTY_CART: {
    means: 'There is nothing in the cart.',
    says: 'Your cart is empty. Add something with addToCart first.',
  },
  UNAVAILABLE: {
    means: 'A line is not sold any more.',
    says: 'Something in your cart is not sold any more. Remove the lines whose `available` is false.',
  },
  OWN_GOODS: {
    means: 'The viewer sells the lines in `variantIds`, and nobody buys from themselves.',
    says: 'You sell some of your cart yourself. Remove the lines in `variantIds`.',
  },
  CURRENCY_MISMATCH: {
    means: 'The lines have more than one currency.',
    says: 'An order has one currency. Remove the lines in the other one.',
  },
  LINE_LIMIT: {
    means: 'There are more than 2,000 lines.',
    says: 'An order holds at most 2,000 lines. Remove some.',
  },
  TOTAL_LIMIT: {
    means: 'The total is higher than any payment may be.',
    says: 'The total is too high for one payment. Order less at once.',
  },
  TOTAL_TOO_LOW: {
    means: 'The total is lower than any payment may be: nothing would be left to pay.',
    says: 'Nothing would be left to pay, and no payment is of nothing. Order more, or leave the code out.',
  },
  NO_SHIPPING: {
    means: 'The sellers in `sellerIds` do not send there; `variantIds` are their lines.',
    says: 'Some of your cart is not sent to that country. Remove the lines in `variantIds`, or send it elsewhere.',
  },
  SHIPPING_METHOD_UNAVAILABLE: {
    means: 'The sellers in `sellerIds` do not send in the way that was asked for.',
    says: 'A seller does not send in that way. Take one of the `options` that checkoutQuote gives.',
  },
  COUPON_UNKNOWN: {
    means: 'There is no such code.',
    says: 'There is no such code. Check how it is written, or leave it out.',
  },
  COUPON_EXPIRED: {
    means: 'The code was good until some time ago.',
    says: 'This code is no longer valid. Leave it out.',
  },
  COUPON_USED_UP: {
    means: 'The code was used as often as it could be.',
    says: 'This code has been used up. Leave it out.',
  },
  COUPON_ALREADY_USED: {
    means: 'The viewer used the code as often as each may.',
    says: 'You have used this code already. Leave it out.',
  },
  COUPON_NEEDS_ACCOUNT: {
    means: 'Each account may use the code so often, and guests cannot be told apart.',
    says: 'This code is for accounts. Sign in to use it, or leave it out.',
  },
  COUPON_MINIMUM: {
    means: 'The goods that the code is for do not come to its minimum.',
    says: 'This code is for larger orders. Add more of what it is for, or leave it out.',
  },
  COUPON_NOT_APPLICABLE: {
    means: 'The code takes nothing off what is in the cart.',
    says: 'This code is for nothing that is in your cart. Leave it out.',
  },
  COUPON_ATTEMPTS: {
    means: 'The viewer tried too many unknown codes within an hour.',
    says: 'You have tried too many codes. Leave it out, or try again in an hour.',
  },
} as const satisfies Codes<string>;
