import { handleOrder } from './handle-order.ts';
import type { Overdue, Transact } from './ports.ts';

/** Port: steps whose message was published too long ago by the database's clock, oldest first. */
export type FindOverdue = (limit: number) => Promise<readonly Overdue[]>;

const batch = 100;

/**
 * Ends purchases that were not answered in time, each in a transaction of its own; one that cannot be ended does not hold
 * up the others. `failed` hears of it, and it is tried again at the next call.
 */
export const timeOutPurchases =
  (transact: Transact, findOverdue: FindOverdue) =>
  async (failed: (error: unknown, overdue: Overdue) => void): Promise<void> => {
    for (const overdue of await findOverdue(batch)) {
      await timeOut(transact, overdue).catch((error: unknown) => failed(error, overdue));
    }
  };

const timeOut = (transact: Transact, overdue: Overdue): Promise<void> =>
  transact(async (ports) => {
    if (!(await ports.deadlines.claim(overdue))) return;
    await handleOrder(ports, overdue.orderId, { type: 'TimeOut', step: overdue.step });
    await ports.deadlines.remove(overdue);
  });
