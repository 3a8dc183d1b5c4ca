/** What the other subgraphs hear of a cart: nobody's person, and no token. */
import { cartChanged } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { outgoing } from '@emporium/messaging';
import type { Cart } from '../application/ports.ts';
import { byVariant, type CartCause, type HeldLine } from '../domain/cart.ts';
import type { Tell } from './database.ts';

/** What fits into one message. Only what failed orders put back can ever make a cart as large. */
const mostTold = 5000;

/** A cart's version since a change, and when that was. */
export type CartChange = { readonly version: number; readonly at: Instant };

/** Tells of a change of these lines of a cart. */
export const tellOfCart = (
  tell: Tell,
  cart: Cart,
  cause: CartCause,
  changed: readonly HeldLine[],
  { version, at }: CartChange,
): void => {
  const lines = [...new Map([...byVariant(cart.lines), ...byVariant(changed)]).values()]
    .filter(({ quantity }) => quantity > 0)
    .map(({ variantId, quantity }) => ({ variantId, quantity }));
  const payload = {
    cartId: cart.id,
    buyerId: cart.buyerId,
    version,
    cause,
    lineCount: lines.length,
    lines: lines.slice(0, mostTold),
  };
  tell([outgoing(cartChanged, payload, { aggregateId: cart.id, occurredAt: at })]);
};
