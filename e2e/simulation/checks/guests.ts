import { guestOf, isGuest } from '../../../subgraphs/orders/src/domain/guest.ts';
import type { Check } from './rule.ts';

/** Units by variant. */
const unitsIn = (...lines: readonly (readonly { variantId: string; quantity: number }[])[]) => {
  const units = new Map<string, number>();
  for (const { variantId, quantity } of lines.flat())
    units.set(variantId, (units.get(variantId) ?? 0) + quantity);
  return units;
};

export const guestChecks: readonly Check[] = [
  {
    rule: 'what was put into carts is in one cart, or in one order that did not fail',
    broken: ({ orders: { tables } }) => {
      const ordered = [...tables.orders.committed.values()]
        .filter(({ status }) => status !== 'FAILED')
        .flatMap(({ order: { shipments } }) => shipments.flatMap(({ lines }) => lines));
      const carts = [...tables.carts.committed.values()].flatMap(({ lines }) => lines);
      const [there, added] = [unitsIn(ordered, carts), unitsIn(tables.added)];
      return [...new Set([...there.keys(), ...added.keys()])]
        .filter((id) => (there.get(id) ?? 0) !== (added.get(id) ?? 0))
        .map((id) => `of ${id} were ${added.get(id) ?? 0} put in, and ${there.get(id) ?? 0} are there`);
    },
  },
  {
    rule: "a guest's cart that was merged is empty, and an account's has it",
    broken: ({ orders: { tables } }) =>
      [...tables.carts.committed.values()]
        .filter(({ mergedInto }) => mergedInto !== null)
        .filter(({ lines, mergedInto }) => lines.length > 0 || !mergedInto?.startsWith('cart-buyer-'))
        .map(({ id, mergedInto, lines }) => `${id} is in ${mergedInto}, and has ${lines.length} lines`),
  },
  {
    rule: "a guest's order is its guest's, or that one's account who claimed it first, with payments too",
    broken: ({ orders, payments }, { claims, orders: told }) =>
      [...orders.tables.orders.committed.values()].flatMap(({ id, buyerId }) => {
        const claimed = payments.tables.claims.committed.get(id);
        const granted = new Set(
          claims.filter(({ of }) => told.get(of) === id).map(({ buyerId: by }) => by as string),
        );
        const isRight = isGuest(buyerId as never)
          ? buyerId === guestOf(id) && (claimed ?? buyerId) === buyerId && granted.size === 0
          : granted.size === 0 || (granted.size === 1 && granted.has(buyerId) && claimed === buyerId);
        return isRight
          ? []
          : [
              `${id} is ${buyerId}'s, with payments ${claimed ?? "nobody else's"}, and was granted to ${[...granted].join(', ') || 'nobody'}`,
            ];
      }),
  },
  {
    rule: "payments knows by what a guest's order opens, and no account's does",
    broken: ({ orders: { tables }, payments }) =>
      [...payments.tables.payments.committed.values()].flatMap(({ orderId, terms }) => {
        if (!terms) return [];
        const buyerId = tables.orders.committed.get(orderId)?.buyerId;
        const held = tables.guestOrders.committed.get(orderId)?.tokenHash;
        const opens = isGuest(buyerId as never) ? held : undefined;
        const isClosed = payments.tables.claims.committed.has(orderId);
        const opensPayment = isClosed ? undefined : terms.guestTokenHash;
        return opensPayment === opens
          ? []
          : [`${orderId} opens by ${opens ?? 'nothing'}, with payments by ${opensPayment ?? 'nothing'}`];
      }),
  },
  {
    rule: 'nothing is kept of who a guest is once an account has the order, or they are forgotten',
    broken: ({ orders: { tables } }) =>
      [...tables.orders.committed.values()].flatMap(({ id, buyerId }) => {
        const email = tables.guestOrders.committed.get(id)?.email ?? null;
        const isKnown = isGuest(buyerId as never) && !tables.deleted.committed.has(buyerId);
        const isGone = tables.deleted.committed.has(buyerId);
        return (email !== null) === isKnown && !(isGone && tables.tokens.committed.has(id))
          ? []
          : [`${id} is ${buyerId}'s, and ${email ?? 'nothing'} is kept`];
      }),
  },
];
