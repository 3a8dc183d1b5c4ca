/** For each invariant, the rows that break it. */

/** Rows to put into relations, by the relation's name; what is not said is null. */
export type Plant = Readonly<Record<string, readonly object[]>>;

const one = (relation: string, row: object): Plant => ({ [relation]: [row] });

/** An order with one line, sent in one shipment, that costs 1000. */
const order = (more: object = {}) => ({
  order_id: 'o',
  status: 'CONFIRMED',
  version: 3,
  total_minor: 1000,
  history: ['PENDING', 'RESERVED', 'CONFIRMED'],
  last_sequence: 3,
  terminal: false,
  ...more,
});
const line = (more: object) => ({ order_id: 'o', variant_id: 'v', quantity: 2, cancelled: 0, ...more });
const escrow = (more: object) => ({ shipment_id: 's', order_id: 'o', refunded: 0, reclaimed: 0, ...more });
const shipment = (more: object) => ({
  shipment_id: 's',
  order_id: 'o',
  amount_minor: 1000,
  back_minor: 0,
  status: 'PENDING',
  ...more,
});
const level = (more: object) => ({ variant_id: 'v', location_id: 'l', ...more });

const history = (...statuses: string[]) => ({ history: statuses, status: statuses.at(-1) });

/** By the invariant's rule; where it can be broken in more ways than one, each of them. */
export const planted: Readonly<Record<string, Plant | readonly Plant[]>> = {
  'stock is never negative and is the sum of its movements': [
    { available: 1, reserved: 1, sold: 1, movements_sum: 4 },
    { available: -1, reserved: 1, sold: 0, movements_sum: 0 },
    { available: 1, reserved: -1, sold: 0, movements_sum: 0 },
  ].map((each) => one('inventory.audit_stock', { variant_id: 'v', ...each })),
  'the same at each location': [
    { available: -1, reserved: 1, sold: 0, movements_sum: 0 },
    { available: 1, reserved: -1, sold: 0, movements_sum: 0 },
    { available: 1, reserved: 0, sold: -1, movements_sum: 0 },
    { available: 1, reserved: 0, sold: 0, movements_sum: 0 },
  ].map((each) => one('inventory.audit_stock_level', level(each))),
  'what is reserved at a location is what active reservations take there': one(
    'inventory.audit_stock_level',
    level({ reserved: 1 }),
  ),
  'what is sold at a location is what committed reservations took there': one(
    'inventory.audit_stock_level',
    level({ sold: 1 }),
  ),
  'a reservation takes from locations exactly what its lines say, but for what waits': one(
    'inventory.audit_reservation',
    line({ waiting: 1 }),
  ),
  'no more waits than was allowed when the last was promised': one('inventory.audit_backorder', {
    variant_id: 'v',
    position: 1,
    waiting: 2,
    limit_then: 1,
    active: true,
  }),
  'an order waits until it ends, and no longer': [
    one('inventory.audit_backorder', { state: 'COMMITTED', active: false }),
    one('inventory.audit_backorder', { state: 'RELEASED', active: true }),
  ],
  'nothing can be ordered that somebody waits for': {
    'inventory.audit_stock_level': [level({ active: true, available: 1 })],
    'inventory.audit_backorder': [{ variant_id: 'v', active: true, waiting: 1 }],
  },
  'an order knows what it waits for': one('orders.audit_order_line', line({ backordered: 1 })),
  'reserved stock is the sum of the active reservations': one('inventory.audit_stock', {
    variant_id: 'v',
    reserved: 1,
  }),
  'no active reservation outlives its order': {
    'inventory.audit_reservation': [line({ active: true })],
    'orders.audit_order': [order({ terminal: true })],
  },
  'an order begins PENDING, moves along legal edges only, and its last event is its status': [
    history('PENDING', 'CONFIRMED'),
    history('RESERVED', 'CONFIRMED'),
    history('PENDING', 'FAILED', 'RESERVED'),
    { status: 'SHIPPED' },
    { last_sequence: 2 },
  ].map((each) => one('orders.audit_order', order(each))),
  'an order costs what its shipments do, and a shipment its goods less discount, with shipping and tax':
    one('orders.audit_order', order()),
  'an order has one currency, in all that it is asked, paid and given back': [
    'orders.audit_order_line',
    'orders.audit_shipment',
    ...['payment', 'escrow', 'refund', 'dispute'].map((what) => `payments.audit_${what}`),
  ].map((relation) => ({
    'orders.audit_order': [order({ currency: 'GBP' })],
    [relation]: [{ order_id: 'o', currency: 'EUR' }],
  })),
  'what is captured for a shipment is what its order asked for': {
    'payments.audit_escrow': [escrow({ captured: 999 })],
    'orders.audit_shipment': [shipment({})],
  },
  'what goes back of a shipment is what was called off or came back of it, and a shipment that was called off goes back whole':
    [
      [escrow({ refunded: 1 }), shipment({})],
      [escrow({ reclaimed: 1 }), shipment({})],
      [escrow({ refunded: 999 }), shipment({ status: 'CANCELLED', back_minor: 999 })],
    ].map(([held, sent]) => ({
      'payments.audit_escrow': [held ?? {}],
      'orders.audit_shipment': [sent ?? {}],
      'orders.audit_order': [order()],
    })),
  'an order has of its stock what was ordered, but for what was called off': [
    [line({ quantity: 1 })],
    [],
  ].map((held) => ({
    'orders.audit_order_line': [line({})],
    'orders.audit_order': [order()],
    'inventory.audit_reservation': held,
  })),
  'an order that goes on has its stock for good': [[line({ state: 'RESERVED' })], []].map((held) => ({
    'orders.audit_order_line': [line({})],
    'orders.audit_order': [order()],
    'inventory.audit_reservation': held,
  })),
  'what of a line came back is what its returns say': one('orders.audit_order_line', line({ returned: 1 })),
  'what came back is in stock again or written off, once, as its return says': [
    one('orders.audit_return_line', { return_id: 'r', variant_id: 'v', restocked: 1, written_off: 0 }),
    one('inventory.audit_return', { return_id: 'r', variant_id: 'v', returned: 1, written_off: 0 }),
    {
      'orders.audit_return_line': [{ return_id: 'r', variant_id: 'v', restocked: 1, written_off: 0 }],
      'inventory.audit_return': [{ return_id: 'r', variant_id: 'v', returned: 1, written_off: 1 }],
    },
  ],
  'a return gives back what it says, once, and says so when it has': [
    [{ status: 'REFUNDED', refund_minor: 1 }, []],
    [{ status: 'RECEIVED', refund_minor: 1 }, [{ refund_id: 'r', amount_minor: 1, settled: true }]],
    [{ status: 'REFUNDED', refund_minor: 1 }, [{ refund_id: 'r', amount_minor: 1, settled: false }]],
  ].map(([returned, refunds]) => ({
    'orders.audit_return_line': [{ return_id: 'r', ...returned }],
    'payments.audit_refund': refunds as object[],
  })),
  'no coupon is used more often than it may, and every use that stands is counted': [
    one('orders.audit_promotion', { limit_total: 1, redeemed: 2, used: 2 }),
    one('orders.audit_promotion', { limit_per_user: 1, most_by_one: 2 }),
    one('orders.audit_promotion', { limit_total: 3, redeemed: 2, used: 1 }),
  ],
  'an order that came to nothing before it was paid has used no coupon': {
    'orders.audit_redemption': [{ order_id: 'o', taken: true }],
    'orders.audit_order': [order({ status: 'FAILED', history: ['PENDING', 'FAILED'] })],
  },
  'every journal sums to zero in each currency': one('payments.audit_journal', {
    journal_id: 'j',
    currency: 'GBP',
    amount: 1,
  }),
  'a balance is the sum of its entries and never negative': [
    one('payments.audit_balance', { account_id: 'a', balance: 1, entries_sum: 2 }),
    one('payments.audit_balance', { account_id: 'a', balance: -1, entries_sum: -1 }),
  ],
  'escrow held is what was captured, less what was released and refunded': one(
    'payments.audit_escrow',
    escrow({ captured: 1000, released: 0, held: 999 }),
  ),
  'a seller who is paid in another currency has of a shipment what its rate makes of what they kept, half to even':
    one(
      'payments.audit_escrow',
      escrow({ released: 1000, commission: 0, rate_numerator: 1, rate_denominator: 2, settled: 501 }),
    ),
  'currencies meet only in a journal that says the rate': {
    'payments.audit_journal': [
      { journal_id: 'j', currency: 'GBP', amount: 0 },
      { journal_id: 'j', currency: 'EUR', amount: 0 },
    ],
    'payments.audit_journal_head': [{ journal_id: 'j' }],
  },
  'an order is captured at most once and never refunded more': [
    one('payments.audit_payment', { order_id: 'o', captures: 2 }),
    one('payments.audit_payment', { order_id: 'o', captured_minor: 1, refunded_minor: 2 }),
  ],
  'a failed or cancelled order nets to zero': {
    'payments.audit_payment': [{ order_id: 'o', captured_minor: 1000, refunded_minor: 0 }],
    'orders.audit_order': [order({ status: 'CANCELLED' })],
  },
  'every published event has one effect, or one parked row, at each of its consumers': {
    'orders.audit_outbox': [
      { event_id: 'e1', subject: 'emporium.orders.placed.v1' },
      { event_id: 'e2', subject: 'emporium.orders.placed.v1' },
    ],
    'inventory.audit_inbox': [{ consumer: 'inventory_orders-placed', event_id: 'e1' }],
  },
  'every event is published': one('payments.audit_outbox', { event_id: 'e', subject: 's' }),
  'every purchase is settled': one('orders.audit_order', order({ status: 'RESERVED' })),
  'an order that goes on is captured, for what it costs': [
    one('orders.audit_order', order()),
    {
      'orders.audit_order': [order()],
      'payments.audit_payment': [{ order_id: 'o', captured_minor: 999 }],
    },
  ],
  'nothing is left to a person that the shop could have done by itself': [
    one('users.audit_parked', { event_id: 'e', consumer: 'c', reason: 'r' }),
    one('orders.purchase_deadlines', { order_id: 'o', step: 'REFUND', parked_at: '2026-01-01T00:00:00Z' }),
  ],
  'no step of a purchase that has ended is waited for': {
    'orders.purchase_deadlines': [{ order_id: 'o', step: 'PAY' }],
    'orders.audit_order': [order()],
  },
  'the catalogue that orders keeps is what products says': {
    'products.variants': [{ id: 'v', price_minor: 1, currency: 'GBP', version: 2 }],
    'orders.catalog_variants': [{ variant_id: 'v', price_minor: 2, currency: 'GBP', version: 1 }],
  },
  'the variants that inventory keeps are what products says': one('products.variants', {
    id: 'v',
    sku: 'S',
    version: 1,
  }),
  ...Object.fromEntries(
    ['products', 'inventory', 'orders'].map((owner) => [
      `who may sell, as ${owner} knows it, is what users says`,
      {
        'users.sellers': [{ id: 's', status: 'SUSPENDED', version: 1 }],
        [`${owner}.sellers`]: [{ id: 's', active: true, version: 1 }],
      },
    ]),
  ),
  'what is available, as orders knows it, is what inventory says': {
    'inventory.stock': [{ variant_id: 'v', version: 2 }],
    'orders.variant_stock': [{ variant_id: 'v', version: 1, available: 0 }],
  },
  'what is in stock, as products shows it, is what inventory says': {
    'inventory.stock': [{ variant_id: 'v', version: 2 }],
    'products.variants': [{ id: 'v', in_stock: true }],
  },
};
