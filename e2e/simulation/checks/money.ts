import { advancesAccount, providerAccount } from '../../../subgraphs/payments/src/domain/account.ts';
import { signed } from '../../../subgraphs/payments/src/domain/journal.ts';
import { messagesOf } from '../../../subgraphs/payments/src/infrastructure/published-events.ts';
import { instantAt } from '../kernel/scheduler.ts';
import { currency, foreignCurrency } from '../shop/ids.ts';
import { balancesOf, type PaymentRow } from '../shop/payments/payment-tables.ts';
import type { Shop } from '../shop/world.ts';
import type { Check } from './rule.ts';

const rowsOf = ({ payments }: Shop): readonly PaymentRow[] => [
  ...payments.tables.payments.committed.values(),
];

const capturedOf = ({ events, terms }: PaymentRow): bigint =>
  events.some(({ type }) => type === 'Captured') ? (terms?.total.minor ?? 0n) : 0n;

const refundsOf = ({ events }: PaymentRow) =>
  events.filter((event) => event.type === 'RefundRecorded' || event.type === 'Reclaimed');

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, each) => sum + each, 0n);

const backOf = (row: PaymentRow): bigint => sumOf(refundsOf(row).map(({ amount }) => amount.minor));

const escrowsOf = (shop: Shop) =>
  rowsOf(shop).flatMap(({ payment }) => (payment.status === 'captured' ? payment.escrows : []));

const orderChecks: readonly Check[] = [
  {
    rule: 'an order is captured at most once and never refunded more',
    broken: (shop) =>
      rowsOf(shop)
        .filter(
          (row) =>
            row.events.filter(({ type }) => type === 'Captured').length > 1 ||
            backOf(row) > capturedOf(row),
        )
        .map((row) => `${row.orderId}: captured ${capturedOf(row)}, back ${backOf(row)}`),
  },
  {
    rule: 'a failed or cancelled order nets to zero',
    broken: (shop) =>
      rowsOf(shop)
        .filter(({ orderId }) =>
          ['FAILED', 'CANCELLED'].includes(shop.orders.tables.orders.committed.get(orderId)?.status ?? ''),
        )
        .filter((row) => backOf(row) !== capturedOf(row))
        .map((row) => `${row.orderId}: captured ${capturedOf(row)}, back ${backOf(row)}`),
  },
  {
    rule: 'an order that is paid for is captured, for what it costs',
    broken: (shop) =>
      [...shop.orders.tables.orders.committed.values()].flatMap(({ id, order }) => {
        const row = shop.payments.tables.payments.committed.get(id);
        const captured = row ? capturedOf(row) : 0n;
        return order.paymentId === null || captured === order.total.minor
          ? []
          : [`${id} costs ${order.total.minor}, captured ${captured}`];
      }),
  },
  {
    rule: 'what goes back of a shipment is what was called off or came back of it',
    broken: (shop) =>
      escrowsOf(shop).flatMap(({ shipmentId, refunded, reclaimed }) => {
        const order = [...shop.orders.tables.orders.committed.values()].find(({ order: { shipments } }) =>
          shipments.some(({ id }) => id === shipmentId),
        );
        const back = order?.order.shipments.find(({ id }) => id === shipmentId)?.back.minor ?? 0n;
        const isOver = order?.status === 'FAILED' || order?.status === 'CANCELLED';
        return isOver || refunded + reclaimed === back
          ? []
          : [`${shipmentId}: ${refunded + reclaimed} went back, ${back} was to`];
      }),
  },
  {
    rule: 'every refund is settled, and a return that is received is refunded',
    broken: (shop) => [
      ...rowsOf(shop).flatMap(({ orderId, payment }) =>
        payment.status === 'captured'
          ? payment.refunds
              .filter(({ settled }) => !settled)
              .map(({ refundId }) => `${refundId} of ${orderId} is not settled`)
          : [],
      ),
      ...[...shop.orders.tables.orders.committed.values()].flatMap(({ id, order }) =>
        order.returns
          .filter(({ status }) => status === 'RECEIVED')
          .map((each) => `return ${each.id} of ${id} waits for its money`),
      ),
    ],
  },
];

/** What was taken of a shipment to be converted, and what was given for it, less what went back of both. */
const convertedOf = (events: PaymentRow['events'], shipmentId: string): readonly [bigint, bigint] => {
  const converted = events.flatMap((event) => {
    if (event.type === 'Released' && event.shipment.shipmentId === shipmentId)
      return event.conversion ? [{ ...event.conversion, sign: 1n }] : [];
    if (event.type === 'Reclaimed' && event.shipmentId === shipmentId)
      return event.conversion ? [{ ...event.conversion, sign: -1n }] : [];
    return [];
  });
  return [
    sumOf(converted.map(({ source, sign }) => sign * source.minor)),
    sumOf(converted.map(({ target, sign }) => sign * target.minor)),
  ];
};

const bookChecks: readonly Check[] = [
  {
    rule: 'every journal sums to zero in each currency',
    broken: ({ payments }) =>
      [...payments.tables.journals.committed.values()]
        .filter(({ entries }) =>
          [currency, foreignCurrency].some(
            (each) => sumOf(entries.filter(({ account }) => account.currency === each).map(signed)) !== 0n,
          ),
        )
        .map(({ idempotencyKey }) => idempotencyKey),
  },
  {
    rule: 'a balance is never negative',
    broken: ({ payments }) =>
      [...balancesOf(payments.tables.journals.committed.values())]
        .filter(([, balance]) => balance < 0n)
        .map(([account, balance]) => `${account}: ${balance}`),
  },
  {
    rule: 'escrow held is what was captured, less what was released and refunded',
    broken: (shop) => {
      const balances = balancesOf(shop.payments.tables.journals.committed.values());
      return escrowsOf(shop).flatMap(({ shipmentId, amount, refunded, state }) => {
        const held = balances.get(`escrow:${shipmentId}`) ?? 0n;
        const owed = state === 'held' ? amount.minor - refunded : 0n;
        return held === owed ? [] : [`${shipmentId}: ${held} is held and ${owed} should be`];
      });
    },
  },
  {
    rule: 'a seller who is paid in another currency has of a shipment what its rate makes of what they kept',
    broken: (shop) =>
      rowsOf(shop).flatMap(({ orderId, terms, events }) =>
        (terms?.shipments ?? []).flatMap(({ shipmentId, settlement }) => {
          const [source, target] = convertedOf(events, shipmentId);
          const { numerator, denominator } = settlement ?? { numerator: 0n, denominator: 1n };
          const off = 2n * (target * denominator - source * numerator);
          return off <= denominator && -off <= denominator
            ? []
            : [`${shipmentId} of ${orderId} was settled with ${target} for ${source}`];
        }),
      ),
  },
  {
    rule: 'a top-up or a withdrawal comes to an end',
    broken: ({ payments }) =>
      [...payments.tables.requests.committed.values()]
        .filter(({ status }) => status === 'PENDING')
        .map(({ id }) => id),
  },
  {
    rule: 'what happened to a payment is told exactly as often as it happened',
    broken: (shop) =>
      rowsOf(shop).flatMap(({ orderId, terms, events }) => {
        const due = terms ? messagesOf(events, terms, instantAt(0)).length : 0;
        const messages = [...shop.payments.messages.outbox.committed.values()].filter(
          ({ aggregateId }) => aggregateId === orderId,
        );
        return messages.length === due
          ? []
          : [`of ${orderId}, ${due} things are to be told and ${messages.length} are`];
      }),
  },
];

/** The provider's own books, which nobody here can change. */
const providerChecks: readonly Check[] = [
  {
    rule: 'the provider holds what the books say that it does',
    broken: ({ payments }) => {
      const balances = balancesOf(payments.tables.journals.committed.values());
      return [currency, foreignCurrency].flatMap((each) => {
        const held = sumOf(
          payments.provider.movements
            .filter(({ amount }) => amount.currency === each)
            .map(({ kind, amount: { minor } }) => (kind === 'CAPTURE' ? minor : -minor)),
        );
        const advanced = balances.get(advancesAccount(each).id) ?? 0n;
        const booked = (balances.get(providerAccount(each).id) ?? 0n) - advanced;
        return held === booked ? [] : [`the provider holds ${held} ${each}, the books say ${booked}`];
      });
    },
  },
  {
    rule: 'a card is charged at most once for an order or a top-up',
    broken: ({ payments }) => {
      const captures = payments.provider.movements
        .filter(({ kind }) => kind === 'CAPTURE')
        .map(({ about }) => about);
      return captures.filter((about, index) => captures.indexOf(about) !== index);
    },
  },
];

export const moneyChecks: readonly Check[] = [...orderChecks, ...bookChecks, ...providerChecks];
