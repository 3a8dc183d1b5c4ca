import { asId } from '@emporium/domain';
import type { Carts } from '../../../../subgraphs/orders/src/application/ports.ts';
import { byVariant } from '../../../../subgraphs/orders/src/domain/cart.ts';
import { ConcurrencyError } from '../../../../subgraphs/orders/src/infrastructure/history.ts';
import { partly } from '../../store/not-simulated.ts';
import type { CartRow } from './order-tables.ts';
import type { OrdersWithin } from './within.ts';

/** Carts within a transaction. Whatever gives one out holds its row. */
export const createCartStore = ({ tx, tables, newId }: OrdersWithin): Carts => {
  const { carts, guestOrders } = tables;
  const hold = async (id: string): Promise<CartRow | undefined> => {
    await tx.lock(`${carts.name} ${id}`);
    return tx.read(carts, id);
  };
  const ofGuest = async (tokenHash: string) => {
    const seen = tx.rows(carts).find((cart) => cart.tokenHash === tokenHash);
    return seen ? hold(seen.id) : undefined;
  };
  return partly<Carts>('carts', {
    open: async (buyerId) => {
      await tx.statement('opens a cart');
      const id = asId<'Cart'>(`cart-${buyerId}`);
      const there = await hold(id);
      const cart = there ?? { id, buyerId, version: 0, lines: [], tokenHash: null, mergedInto: null };
      if (!there) await tx.put(carts, id, cart);
      return cart;
    },
    openForGuest: async (tokenHash) => {
      await tx.statement('opens a cart for a guest');
      const cart = { id: asId<'Cart'>(newId()), buyerId: null, version: 0, lines: [] };
      await tx.put(carts, cart.id, { ...cart, tokenHash, mergedInto: null });
      return cart;
    },
    ofGuest: async (tokenHash) => {
      await tx.statement('looks for the cart of a guest');
      return (await ofGuest(tokenHash)) ?? null;
    },
    ofGuestOrder: async (orderId) => {
      await tx.statement(`looks for the cart of ${orderId}`);
      const origin = tx.read(carts, tx.read(guestOrders, orderId)?.cartId ?? '');
      const cart = origin && (await hold(origin.mergedInto ?? origin.id));
      if (cart && cart.mergedInto !== null) throw new ConcurrencyError(`cart ${cart.id} has been merged`);
      return cart ?? null;
    },
    change: async (cart, cause, changed) => {
      if (changed.length === 0) return;
      await tx.statement('changes a cart');
      const row = await hold(cart.id);
      if (!row) throw new Error(`cart ${cart.id} changed and is not there`);
      const before = byVariant(row.lines);
      const lines = [...new Map([...before, ...byVariant(changed)]).values()];
      await tx.put(carts, cart.id, {
        ...row,
        version: row.version + 1,
        lines: lines.filter(({ quantity }) => quantity > 0),
      });
      if (cause !== 'ADDED' && cause !== 'REMOVED') return;
      const added = changed.map(({ variantId, quantity }) => ({
        variantId,
        quantity: quantity - (before.get(variantId)?.quantity ?? 0),
      }));
      tx.afterCommit(() => tables.added.push(...added));
    },
    endMerged: async ({ id }, into) => {
      await tx.statement('ends a cart');
      const row = await hold(id);
      if (row) await tx.put(carts, id, { ...row, mergedInto: into });
    },
  });
};
