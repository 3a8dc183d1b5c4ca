import { withClient } from '@emporium/database';

const users = 10_000;
/** As if so many transactions had written them: below whatever Postgres has counted to when a bench begins. */
const transactions = 500;

/**
 * So many journals by a few statements, as if posted: half of them top-ups, the rest orders that were captured and released.
 * The triggers that would post each are off meanwhile, so balances are set at the end from the entries.
 */
const statements = (journals: number): string[] => {
  const [topUps, orders] = [journals / 2, journals / 4];
  return [
    'ALTER TABLE journals DISABLE TRIGGER USER; ALTER TABLE entries DISABLE TRIGGER USER',
    `INSERT INTO accounts (id, kind, currency, owner_id, shared)
      SELECT 'wallet:user-' || number || ':GBP', 'LIABILITY', 'GBP', 'user-' || number, true
      FROM generate_series(0, ${users - 1}) number
      UNION ALL SELECT 'provider:card:GBP', 'ASSET', 'GBP', NULL, true`,
    `INSERT INTO payments (order_id, id, status, buyer_id, method, currency, amount, captured)
      SELECT 'order-' || number, 'payment-' || number, 'CAPTURED', 'buyer', 'CARD', 'GBP', 1000, 1000
      FROM generate_series(1, ${orders}) number`,
    `INSERT INTO escrows (shipment_id, order_id, seller_id, currency, amount, state, captured, released)
      SELECT 'shipment-' || number, 'order-' || number, 'user-' || number % ${users}, 'GBP', 1000, 'RELEASED', 1000, 1000
      FROM generate_series(1, ${orders}) number`,
    `INSERT INTO accounts (id, kind, currency)
      SELECT 'escrow:shipment-' || number, 'LIABILITY', 'GBP' FROM generate_series(1, ${orders}) number`,
    `CREATE UNLOGGED TABLE planned AS
      SELECT number AS id, 'TOP_UP' AS kind, 'user-' || number AS cause, NULL AS order_id,
        'provider:card:GBP' AS debited, 'wallet:user-' || number % ${users} || ':GBP' AS credited
      FROM generate_series(1, ${topUps}) number
      UNION ALL SELECT ${topUps} + 2 * number - 1, 'CAPTURE', 'order-' || number, 'order-' || number,
        'provider:card:GBP', 'escrow:shipment-' || number FROM generate_series(1, ${orders}) number
      UNION ALL SELECT ${topUps} + 2 * number, 'RELEASE', 'order-' || number, 'order-' || number,
        'escrow:shipment-' || number, 'wallet:user-' || number % ${users} || ':GBP' FROM generate_series(1, ${orders}) number`,
    `INSERT INTO journals (id, kind, cause, order_id, idempotency_key, actor, transaction_id)
      SELECT md5(id::text)::uuid::text, kind, cause, order_id, kind || ':' || md5(id::text), 'user:' || cause,
        1 + id::bigint * ${transactions} / ${journals + 1}
      FROM planned ORDER BY id`,
    `INSERT INTO entries (journal_id, account_id, currency, amount)
      SELECT md5(id::text)::uuid::text, account, 'GBP', amount
      FROM planned, LATERAL (VALUES (debited, 1000), (credited, -1000)) entry (account, amount) ORDER BY id`,
    `UPDATE accounts SET balance = moved.balance FROM (
       SELECT account_id, sum(CASE WHEN kind = 'ASSET' THEN amount ELSE -amount END) AS balance
       FROM entries JOIN accounts ON accounts.id = account_id GROUP BY account_id
     ) moved WHERE moved.account_id = accounts.id AND moved.balance > 0`,
    'ALTER TABLE journals ENABLE TRIGGER USER; ALTER TABLE entries ENABLE TRIGGER USER',
    'DROP TABLE planned',
    'VACUUM ANALYZE journals, entries, accounts, payments, escrows',
  ];
};

/** Stores so many journals, all or a multiple of four of them. */
export const storeJournals = (ownerUrl: string, journals: number): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    await client.query('SET search_path = payments');
    for (const statement of statements(journals - (journals % 4))) await client.query(statement);
  });
