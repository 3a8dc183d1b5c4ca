import type { PrismaClient } from './infrastructure/generated/client.ts';

/** Every broken rule of money that the database shows; none in a healthy one. */
export const brokenRules = (prisma: PrismaClient): Promise<{ rule: string; id: string }[]> =>
  prisma.$queryRaw`
    SELECT 'journal sums to zero' AS rule, journal_id AS id FROM entries GROUP BY journal_id, currency
      HAVING sum(amount) <> 0
    UNION ALL
    SELECT 'balance is the sum of its entries', id FROM (
      SELECT id, balance + coalesce((SELECT sum(amount) FROM balance_additions WHERE account_id = id), 0) AS balance,
        CASE WHEN kind IN ('ASSET', 'EXPENSE') THEN 1 ELSE -1 END
          * coalesce((SELECT sum(amount) FROM entries WHERE account_id = id), 0) AS entries_sum
      FROM accounts
    ) AS account WHERE balance <> entries_sum OR balance < 0
    UNION ALL
    SELECT 'escrow held is captured less released less refunded', shipment_id FROM escrows
      LEFT JOIN accounts ON accounts.id = 'escrow:' || shipment_id
      WHERE coalesce(balance, 0) <> captured - released - refunded
    UNION ALL
    SELECT 'commission is what was charged less what was given back', order_id FROM (
      SELECT order_id, sum(commission) AS kept FROM escrows GROUP BY order_id
    ) AS escrow FULL JOIN (
      SELECT order_id, -sum(amount) AS booked FROM entries JOIN journals ON journals.id = journal_id
      WHERE account_id LIKE 'platform:fees:%' GROUP BY order_id
    ) AS fee USING (order_id) WHERE coalesce(kept, 0) <> coalesce(booked, 0)
    UNION ALL
    SELECT 'settled is what conversions gave less what they took back', order_id FROM (
      SELECT order_id, sum(settled) AS kept FROM escrows GROUP BY order_id
    ) AS escrow FULL JOIN (
      SELECT order_id, -sum(amount) AS booked FROM entries JOIN journals ON journals.id = journal_id
      WHERE currency = conversion ->> 'to' AND account_id ~ '^(wallet|claims):' GROUP BY order_id
    ) AS converted USING (order_id) WHERE coalesce(kept, 0) <> coalesce(booked, 0)
    UNION ALL
    SELECT 'one capture per order at most', order_id FROM journals WHERE kind = 'CAPTURE' GROUP BY order_id
      HAVING count(*) > 1`;
