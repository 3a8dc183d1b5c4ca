import { withClient } from '@emporium/database';

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** How many of the stored orders one buyer has. */
const ordersOfBuyer = 25;

const chunk = 20_000;

/** Older than anything that is placed now. */
const stored = (kind: string): string => `'01900000-0000-7000-${kind}-' || lpad(n::text, 12, '0')`;

export const storedBuyer = (number: number): string =>
  `01900000-0000-7000-9000-${String(number).padStart(12, '0')}`;

/**
 * Tables with rows of an order, and what of a row is made anew in a copy. What refers to the same row is made the same way.
 * An order of the bench has one line, so it has one shipment.
 */
const copies: readonly (readonly [table: string, changed: Readonly<Record<string, string>>])[] = [
  [
    'orders.orders',
    {
      id: stored('8000'),
      number: `'S' || n`,
      buyer_id: `'01900000-0000-7000-9000-' || lpad((n / ${ordersOfBuyer})::text, 12, '0')`,
    },
  ],
  ['orders.order_events', { order_id: stored('8000') }],
  ['orders.shipments', { id: stored('8001'), order_id: stored('8000') }],
  ['orders.order_lines', { order_id: stored('8000'), shipment_id: stored('8001') }],
  ['orders.order_addresses', { order_id: stored('8000') }],
  ['orders.placement_keys', { order_id: stored('8000'), key: `'stored-' || n` }],
  ['inventory.reservations', { order_id: stored('8000') }],
  ['inventory.reservation_lines', { order_id: stored('8000') }],
  ['inventory.reservation_allocations', { order_id: stored('8000') }],
  ['inventory.reservation_steps', { order_id: stored('8000') }],
  [
    'payments.payments',
    { order_id: stored('8000'), id: stored('8002'), provider_capture_id: `'stored-' || n` },
  ],
  ['payments.escrows', { order_id: stored('8000'), shipment_id: stored('8001') }],
];

const keyOf = (table: string): string => (table === 'orders.orders' ? 'id' : 'order_id');

/** For each table the statement that copies the rows of order $1 as those of the orders $2 to $3. */
const copying = (client: Client): Promise<readonly string[]> =>
  Promise.all(
    copies.map(async ([table, changed]) => {
      const { rows } = await client.query<{ column: string }>(
        `SELECT attname AS column FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
        [table],
      );
      const columns = rows.map(({ column }) => column);
      return `INSERT INTO ${table} (${columns}) SELECT ${columns.map((column) => changed[column] ?? `model.${column}`)}
        FROM ${table} AS model, generate_series($2::int, $3::int) AS n WHERE model.${keyOf(table)} = $1`;
    }),
  );

/** Copies an order, as every subgraph has it, until so many are stored beside it. Triggers and foreign keys are left out: the copies keep to both. */
export const storeOrders = (
  adminUrl: string,
  model: string,
  from: number,
  to: number,
  told: (stored: number) => void,
): Promise<void> =>
  withClient(adminUrl, async (client) => {
    await client.query('SET session_replication_role = replica; SET synchronous_commit = off');
    await client.query(
      `INSERT INTO users.users (id, email, name, roles)
       SELECT id, id || '@bench.test', 'Regular', ARRAY['BUYER'] FROM unnest($1::text[]) AS made (id) ON CONFLICT DO NOTHING`,
      [buyersWithOrders(to)],
    );
    const statements = await copying(client);
    for (let at = from; at < to; at += chunk) {
      const end = Math.min(to, at + chunk);
      for (const statement of statements) await client.query(statement, [model, at, end - 1]);
      told(end);
    }
    // Orders that have been there for long have been vacuumed: it is not to happen while something is measured.
    await client.query('VACUUM (FREEZE, ANALYZE)');
  });

/** Buyers who have a whole page of the stored orders. */
export const buyersWithOrders = (count: number): readonly string[] =>
  Array.from({ length: Math.floor(count / ordersOfBuyer) }, (_, number) => storedBuyer(number));
