import { connectAuditor, type Violation } from '@emporium/audit';
import type { Shoppers } from './shoppers.ts';

/** How many orders there are. */
export const countOrders = async (auditorUrl: string): Promise<number> => {
  const auditor = connectAuditor(auditorUrl);
  try {
    const rows = await auditor.query<{ count: number }>('SELECT count(*)::int FROM orders.audit_order');
    return rows[0]?.count ?? 0;
  } finally {
    await auditor.end();
  }
};

/** What is known of all that was sold, when nobody buys any more. */
export type Sales = {
  readonly ordersBefore: number;
  readonly ordersAfter: number;
  /** Whether every order whose card is good should have been confirmed. */
  readonly confirmsAll: boolean;
};

/** What buyers asked for, held against what came of it: one order for each wish, and none lost on the way. */
export const findLostSales = (
  { bought, lost }: Pick<Shoppers, 'bought' | 'lost'>,
  { ordersBefore, ordersAfter, confirmsAll }: Sales,
): readonly Violation[] => {
  const endOf = ({ shown }: Shoppers['bought'][number]) => shown.at(-1)?.status;
  const made = ordersAfter - ordersBefore;
  const charged = bought.filter((each) => each.isDeclined && endOf(each) !== 'FAILED');
  const refused = bought.filter((each) => confirmsAll && !each.isDeclined && endOf(each) !== 'CONFIRMED');
  return [
    { rule: 'what was put into a cart is there to be ordered', rows: lost },
    {
      rule: 'a wish makes one order, however often it is sent',
      rows: made === bought.length ? [] : [{ told: bought.length, made }],
    },
    { rule: 'an order whose card is declined fails', rows: charged },
    { rule: 'an order that was taken with a good card is confirmed', rows: refused },
  ].filter(({ rows }) => rows.length > 0);
};

/** Asks how many orders there are now, and answers what is wrong about them. */
export const checkSales = async (
  auditorUrl: string,
  shoppers: Shoppers,
  sales: Omit<Sales, 'ordersAfter'>,
): Promise<readonly Violation[]> =>
  findLostSales(shoppers, { ...sales, ordersAfter: await countOrders(auditorUrl) });
