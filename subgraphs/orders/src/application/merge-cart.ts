import { takeOut } from '../domain/cart.ts';
import { mergeCarts } from '../domain/join-carts.ts';
import type { Fingerprint } from './place-order.ts';
import type { Transact, UserId, VariantId } from './ports.ts';

export type MergeCartOutcome =
  | {
      readonly ok: true;
      /** Of these not everything fitted into a line. */
      readonly capped: readonly VariantId[];
    }
  | { readonly ok: false; readonly refusal: 'CART_NOT_FOUND' | 'LINE_LIMIT' | 'GONE' };

/**
 * What somebody put into a cart before they signed in joins their own, and the guest's cart ends. The same token again
 * changes nothing. The buyer's cart is held first by all who hold both.
 */
export const mergeCart =
  (transact: Transact, fingerprint: Fingerprint) =>
  (buyerId: UserId, cartToken: string): Promise<MergeCartOutcome> =>
    transact(async ({ carts, deletedUsers }) => {
      const cart = await carts.open(buyerId);
      // The account is gone, and its access token not yet.
      if (await deletedUsers.has(buyerId)) return { ok: false, refusal: 'GONE' };
      const guest = await carts.ofGuest(fingerprint(cartToken));
      if (guest?.mergedInto === cart.id) return { ok: true, capped: [] };
      if (guest?.mergedInto !== null) return { ok: false, refusal: 'CART_NOT_FOUND' };
      const merge = mergeCarts(cart.lines, guest.lines);
      if (!merge.ok) return merge;
      await carts.change(cart, 'MERGED', merge.lines);
      await carts.change(guest, 'MERGED', takeOut(guest.lines));
      await carts.endMerged(guest, cart.id);
      return { ok: true, capped: merge.capped };
    });
