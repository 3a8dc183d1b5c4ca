import type { PrismaClient } from './infrastructure/generated/client.ts';

/** Every broken rule of money that the database shows; none in a healthy one. */
export const brokenRules = (prisma: PrismaClient): Promise<{ rule: string; id: string }[]> =>
  prisma.$queryRaw`
    SELECT 'journal sums to zero' AS rule, journal_id AS id FROM entries GROUP BY journal_id, currency
      HAVING sum(amount) <> 0
    UNION ALL
    SELECT 'balance is the sum of its entries', accounts.id FROM accounts LEFT JOIN entries ON account_id = accounts.id
      GROUP BY accounts.id
      HAVING balance <> coalesce(sum(CASE kind WHEN 'ASSET' THEN amount ELSE -amount END), 0) OR balance < 0
    UNION ALL
    SELECT 'escrow held is captured less released less refunded', shipment_id FROM escrows
      LEFT JOIN accounts ON accounts.id = 'escrow:' || shipment_id
      WHERE coalesce(balance, 0) <> captured - released - refunded
    UNION ALL
    SELECT 'one capture per order at most', order_id FROM journals WHERE kind = 'CAPTURE' GROUP BY order_id
      HAVING count(*) > 1`;
