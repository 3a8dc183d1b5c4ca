import type { CartRefused } from '../application/change-cart.ts';
import type { CartLine } from '../domain/cart.ts';
import { cartRefusal } from './refusals.type.ts';

/** Why the cart is as it was, and which argument is to blame. `lines` are given where several were sent at once. */
export const showCartRefusal = (refused: CartRefused, lines?: readonly CartLine[]) =>
  cartRefusal(refused.refusal, fieldOf(refused, lines));

const fieldOf = ({ refusal, variantId }: CartRefused, lines?: readonly CartLine[]): string => {
  const index = lines?.findIndex((line) => line.variantId === variantId);
  const at = index === undefined ? 'input' : `input.lines.${index}`;
  switch (refusal) {
    case 'QUANTITY_LIMIT':
      return `${at}.quantity`;
    case 'LINE_LIMIT':
      return lines ? 'input.lines' : 'input.variantId';
    case 'CART_NOT_FOUND':
      return 'cartToken';
    case 'CART_CHANGED':
      return variantId ? 'expectedQuantity' : 'expectedVersion';
    default:
      return `${at}.variantId`;
  }
};
