import type {
  FindOverdue,
  PurchaseWatch,
} from '../../../../subgraphs/orders/src/application/time-out-purchases.ts';
import type { OrderStatus } from '../../../../subgraphs/orders/src/domain/order.ts';
import type { PurchaseStep } from '../../../../subgraphs/orders/src/domain/purchase-step.ts';
import type { Process } from '../../kernel/process.ts';
import type { Scheduler } from '../../kernel/scheduler.ts';
import type { Seams } from '../../planted/seams.ts';
import type { MemoryDatabase } from '../../store/memory-database.ts';
import type { MessagingTables } from '../../store/messaging-tables.ts';
import type { DeadlineRow, OrderTables } from './order-tables.ts';
import { purchaseTerms } from './purchase-terms.ts';

/** A step that could not be moved on waits this much longer for each time. */
const secondsPerFailure = 10;
/** After so many it is for a person. */
const mostFailures = 5;

/** Whose answer an order waits for that is not settled. */
const owedIn: Partial<Record<OrderStatus, PurchaseStep>> = { PENDING: 'RESERVE', RESERVED: 'PAY' };

type Clocks = {
  readonly messages: () => MessagingTables;
  readonly scheduler: Scheduler;
  readonly seams: Pick<Seams, 'countsFromPublication'>;
};

/** Its question was published too long ago; of what is not published yet the time has not begun. */
export const isOverdue = (
  { messageId, begunAt, seconds, failures, isParked }: DeadlineRow,
  { messages, scheduler, seams: { countsFromPublication } }: Clocks,
): boolean => {
  const message = messageId === null ? undefined : messages().outbox.committed.get(messageId);
  const asked = message && countsFromPublication ? message.publishedAt : begunAt;
  const patience = seconds + failures * secondsPerFailure;
  return !isParked && asked !== null && asked + patience * 1000 < scheduler.now();
};

export const findOverdue =
  ({ deadlines }: OrderTables, clocks: Clocks): FindOverdue =>
  async (limit) =>
    [...deadlines.committed.values()].filter((deadline) => isOverdue(deadline, clocks)).slice(0, limit);

/** Keeps the time of purchases in place of whoever should have. */
export const createPurchaseWatch = (
  database: MemoryDatabase,
  process: Process,
  { deadlines, orders }: OrderTables,
  scheduler: Scheduler,
): PurchaseWatch => ({
  couldNotMove: ({ orderId, step }) =>
    database.transact(process, 'could not move', async (tx) => {
      await tx.lock(`deadlines ${orderId}`);
      const row = tx.read(deadlines, orderId);
      if (row?.step !== step || row.isParked) return false;
      const failures = row.failures + 1;
      const isParked = failures >= mostFailures;
      await tx.put(deadlines, orderId, { ...row, failures, isParked });
      return isParked;
    }),
  adopt: () =>
    database.transact(process, 'adopts', async (tx) => {
      const unkept = tx.rows(orders).filter(({ id }) => !tx.read(deadlines, id));
      let adopted = 0;
      for (const { id: orderId, status } of unkept) {
        const step = owedIn[status];
        if (!step) continue;
        const row = { orderId, step, messageId: null, seconds: purchaseTerms[step].seconds } as const;
        const kept = { ...row, begunAt: scheduler.now(), failures: 0, isParked: false };
        adopted += Number(await tx.insert(deadlines, orderId, kept));
      }
      return adopted;
    }),
});
