import { historyOf } from '../shop/orders/order-tables.ts';
import type { Shop } from '../shop/world.ts';
import type { Check } from './rule.ts';

/** A seller may be paid in another currency than the order's; of what was converted, these are in theirs. */
const sellersParts = ['conversion', 'fromWallet', 'fromPlatform'];

/** The currency of every amount that is said in a value, with where. */
const currenciesIn = (
  value: unknown,
  where: string,
): readonly (readonly [where: string, currency: string])[] => {
  if (value === null || typeof value !== 'object') return [];
  const { currency, conversion } = value as { currency?: unknown; conversion?: unknown };
  const own = 'minor' in value && typeof currency === 'string' ? [[where, currency] as const] : [];
  const parts = Object.entries(value).filter(
    ([name]) => conversion === undefined || !sellersParts.includes(name),
  );
  return [...own, ...parts.flatMap(([name, part]) => currenciesIn(part, `${where} ${name}`))];
};

/** What is told of an order by everybody who has to do with its money, but for what a seller is paid in. */
const saidOf = ({ orders, payments }: Shop, orderId: string) => {
  const row = payments.tables.payments.committed.get(orderId);
  const ids = new Set([orderId, ...(row?.terms?.shipments ?? []).map(({ shipmentId }) => shipmentId)]);
  const messages = [
    ...orders.messages.outbox.committed.values(),
    ...payments.messages.outbox.committed.values(),
  ];
  const captures = payments.provider.movements.filter(
    ({ kind, about }) => kind === 'CAPTURE' && ids.has(about),
  );
  const captureIds = new Set(captures.map(({ key }) => `c-${key}`));
  return {
    history: historyOf(orders.tables, orderId).map(({ event }) => event),
    asked: row?.terms,
    paid: row?.events,
    disputes: [...payments.tables.disputes.committed.values()].filter((each) => each.orderId === orderId),
    told: messages.filter(({ aggregateId }) => aggregateId === orderId).map(({ envelope }) => envelope),
    charged: captures,
    givenBack: payments.provider.movements.filter(
      ({ kind, about }) => kind === 'REFUND' && captureIds.has(about),
    ),
  };
};

export const currencyChecks: readonly Check[] = [
  {
    rule: 'an order has one currency, in all that it is asked, paid, charged and given back',
    broken: (shop) =>
      [...shop.orders.tables.orders.committed.values()].flatMap(({ id, order }) =>
        currenciesIn(saidOf(shop, id), '')
          .filter(([, currency]) => currency !== order.total.currency)
          .map(
            ([where, currency]) => `${id} is in ${order.total.currency}, and of it${where} in ${currency}`,
          ),
      ),
  },
];
