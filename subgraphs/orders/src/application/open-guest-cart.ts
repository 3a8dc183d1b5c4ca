import { addLines, type CartLine } from '../domain/cart.ts';
import type { CartRefused } from './change-cart.ts';
import type { Fingerprint } from './place-order.ts';
import type { OrderId, Transact } from './ports.ts';

/** In seconds. */
type Waiting = { readonly retryAfter: number };

/** Port: what guests need beside the database. */
export type Guests = {
  /** 256 bits that nobody can guess. */
  newToken(): string;
  /** Counts one for the network, or says how many seconds it has to wait. */
  admit(address: string | null): Promise<Waiting | null>;
  /** The same for an order. */
  admitOrder(address: string | null): Promise<Waiting | null>;
  /** Of an order from the cart of this token: always the same, and nobody can guess it who has not the cart's. */
  orderToken(cartToken: string, orderId: OrderId): string;
};

export type OpenGuestCartOutcome =
  | { readonly ok: true; readonly cartToken: string }
  | CartRefused
  | { readonly ok: false; readonly retryAfter: number };

/** A cart for somebody who has no account and none yet. The token is given here, once; what is kept is its fingerprint. */
export const openGuestCart =
  (transact: Transact, fingerprint: Fingerprint, guests: Guests) =>
  async (address: string | null, lines: readonly CartLine[]): Promise<OpenGuestCartOutcome> => {
    const limited = await guests.admit(address);
    if (limited) return { ok: false, retryAfter: limited.retryAfter };
    const cartToken = guests.newToken();
    return transact(async ({ carts, catalogue }) => {
      const decision = addLines(
        [],
        lines,
        await catalogue.find(lines.map(({ variantId }) => variantId)),
        null,
      );
      if (!decision.ok) return decision;
      const cart = await carts.openForGuest(fingerprint(cartToken));
      await carts.change(cart, 'ADDED', decision.events);
      return { ok: true, cartToken };
    });
  };
