import { historyOf } from '../shop/orders/order-tables.ts';
import type { Check } from './rule.ts';

export const clientChecks: readonly Check[] = [
  { rule: 'whoever asks is answered', broken: (_shop, { thrown }) => thrown },
  {
    rule: 'an order that a client was told of exists, and a request makes one',
    broken: ({ orders }, told) => [
      ...[...told.orders.values()].filter((id) => !orders.tables.orders.committed.has(id)),
      ...[...orders.tables.orders.committed.keys()].filter(
        (id) => ![...orders.tables.placements.committed.values()].some(({ orderId }) => orderId === id),
      ),
    ],
  },
  {
    rule: 'whoever follows an order is shown each change once, in order, to the last',
    broken: ({ orders }, told) =>
      told.followed.flatMap(({ orderId, shown }) => {
        const history = historyOf(orders.tables, orderId);
        const changes = history.filter(({ status }, index) => status !== history[index - 1]?.status);
        const first = shown[0]?.sequence ?? Number.POSITIVE_INFINITY;
        const due = changes
          .filter(({ sequence }) => sequence >= first)
          .map(({ sequence, status }) => `${sequence} ${status}`);
        const got = shown.map(({ sequence, status }) => `${sequence} ${status}`);
        const isEqual = due.length > 0 && due.join() === got.join();
        return isEqual
          ? []
          : [
              `of ${orderId} was shown ${got.join(', ') || 'nothing'}; it went ${changes.map(({ sequence, status }) => `${sequence} ${status}`).join(', ')}`,
            ];
      }),
  },
];
