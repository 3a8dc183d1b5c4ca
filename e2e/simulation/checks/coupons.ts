import { historyOf } from '../shop/orders/order-tables.ts';
import type { Shop } from '../shop/world.ts';
import type { Check } from './rule.ts';

/** The code that an order was placed with, and whether it came to nothing before it was paid. */
const useOf = ({ orders }: Shop, orderId: string) => {
  const events = historyOf(orders.tables, orderId).map(({ event }) => event);
  const placed = events.find((event) => event.type === 'Placed');
  const isPaid = events.some(({ type }) => type === 'Confirmed');
  const isOver = events.some(({ type }) => type === 'Failed' || type === 'Cancelled');
  return { coupon: placed?.type === 'Placed' ? placed.coupon : null, isTaken: isPaid || !isOver };
};

/** As orders' histories have it, which know nothing of the table of uses. */
export const couponChecks: readonly Check[] = [
  {
    rule: 'a coupon is never used more often than it may be, by all and by one',
    broken: ({ orders: { tables } }) => {
      const used = new Map<string, number>();
      return tables.couponUses.flatMap(({ promotionId, buyerId, change }) => {
        const { limitTotal = null, limitPerUser = null } =
          tables.promotions.committed.get(promotionId)?.terms ?? {};
        const limits = [
          [promotionId, limitTotal],
          [`${promotionId} by ${buyerId}`, limitPerUser],
        ] as const;
        return limits.flatMap(([key, limit]) => {
          const count = (used.get(key) ?? 0) + change;
          used.set(key, count);
          return limit !== null && count > limit ? [`${key} is used ${count} times, of ${limit}`] : [];
        });
      });
    },
  },
  {
    rule: 'an order has used its coupon, and one that came to nothing before it was paid has used none',
    broken: (shop) =>
      [...shop.orders.tables.orders.committed.keys()].flatMap((id) => {
        const { coupon, isTaken } = useOf(shop, id);
        const use = shop.orders.tables.redemptions.committed.get(id);
        const is = use && !use.isGivenBack ? use.promotionId : null;
        const due = isTaken ? (coupon?.promotionId ?? null) : null;
        return is === due ? [] : [`${id} has used ${is ?? 'none'}, and should have used ${due ?? 'none'}`];
      }),
  },
  {
    rule: 'how often a coupon is used is counted as often as it is',
    broken: ({ orders: { tables } }) =>
      [...tables.promotions.committed].flatMap(([id, { redeemed, terms }]) => {
        const uses = [...tables.redemptions.committed.values()].filter(
          ({ promotionId, isGivenBack }) => promotionId === id && !isGivenBack,
        ).length;
        return terms.limitTotal === null || uses === redeemed
          ? []
          : [`${id} is used ${uses} times, and counted ${redeemed}`];
      }),
  },
  {
    rule: 'an order costs what its lines and shipments come to, and nothing of it is below zero',
    broken: (shop) =>
      [...shop.orders.tables.orders.committed.keys()].flatMap((id) => {
        const placed = historyOf(shop.orders.tables, id)[0]?.event;
        if (placed?.type !== 'Placed') return [`${id} was never placed`];
        const { lines, shipments, total } = placed;
        const paid = lines.reduce(
          (sum, { unitPrice, quantity, discount, tax }) =>
            sum + unitPrice.minor * BigInt(quantity) - discount.minor + tax.minor,
          0n,
        );
        const sent = shipments.reduce((sum, { amounts }) => sum + amounts.shipping.minor, 0n);
        const asked = shipments.reduce((sum, { amount }) => sum + amount.minor, 0n);
        const isRight =
          paid + sent === total.minor &&
          asked === total.minor &&
          shipments.every(({ amount: { minor } }) => minor >= 0n);
        return isRight
          ? []
          : [`${id} costs ${total.minor}; lines ${paid}, sending ${sent}, shipments ${asked}`];
      }),
  },
];
