/** What the other subgraphs hear of a cart: nobody's person, and no token. */
import { cartChanged } from '@emporium/contracts';
import { asInstant } from '@emporium/domain';
import { outgoing } from '@emporium/messaging';
import type { Cart } from '../application/ports.ts';
import { byVariant, type CartCause, type HeldLine } from '../domain/cart.ts';
import type { Tell, Tx } from './database.ts';

/** What fits into one message. Only what failed orders put back can ever make a cart as large. */
const mostTold = 5000;

/** Takes out what is none any more, raises a cart's version for a change of these lines, and tells of it in the order of its versions. */
export const tellOfCart = async (
  tx: Tx,
  tell: Tell,
  cart: Cart,
  cause: CartCause,
  changed: readonly HeldLine[],
): Promise<void> => {
  const removed = changed.filter(({ quantity }) => quantity === 0).map(({ variantId }) => variantId);
  const [now] = await tx.$queryRaw<{ version: number; at: Date }[]>`
    WITH removed AS (DELETE FROM cart_lines WHERE cart_id = ${cart.id} AND variant_id = ANY(${removed}))
    UPDATE carts SET version = version + 1, changed_at = now() WHERE id = ${cart.id}
    RETURNING version, clock_timestamp() AS at`;
  if (!now) throw new Error(`cart ${cart.id} changed and is not there`);
  const lines = [...new Map([...byVariant(cart.lines), ...byVariant(changed)]).values()]
    .filter(({ quantity }) => quantity > 0)
    .map(({ variantId, quantity }) => ({ variantId, quantity }));
  const payload = {
    cartId: cart.id,
    buyerId: cart.buyerId,
    version: now.version,
    cause,
    lineCount: lines.length,
    lines: lines.slice(0, mostTold),
  };
  const about = { aggregateId: cart.id, occurredAt: asInstant(now.at.toISOString()) };
  tell([outgoing(cartChanged, payload, about)]);
};
