import { Counter, Gauge, type Registry } from 'prom-client';
import type { Overrun } from '../application/time-out-purchases.ts';
import type { PurchaseStep } from '../domain/purchase-step.ts';
import type { Tx } from './database.ts';

type Row = { step: PurchaseStep; open: number; parked: number; oldest: number };

const none = { open: 0, parked: 0, oldest: 0 };
const steps: readonly PurchaseStep[] = ['RESERVE', 'PAY', 'REFUND'];

const read = (client: Tx) => client.$queryRaw<Row[]>`
  SELECT step, count(*) FILTER (WHERE parked_at IS NULL)::integer AS open,
    count(parked_at)::integer AS parked, extract(epoch FROM now() - min(begun_at))::float AS oldest
  FROM purchase_deadlines GROUP BY step`;

/**
 * What operators see of purchases. The gauges are read from the database whenever somebody looks, and are the same from
 * every replica; the counter counts what this one did.
 */
export const createPurchaseMetrics = (client: Tx, registry: Registry) => {
  const registers = [registry];
  const overruns = new Counter({
    name: 'emporium_purchase_overruns_total',
    help: 'Steps that were not answered in time, by step and by what became of them: ASKED_AGAIN, FAILED or PARKED.',
    labelNames: ['step', 'outcome'],
    registers,
  });
  const show = async (tell: (step: PurchaseStep, row: Omit<Row, 'step'>) => void): Promise<void> => {
    // A database that does not answer leaves the last figures; that it does not is shown elsewhere.
    const rows = await read(client).catch(() => null);
    if (rows) for (const step of steps) tell(step, rows.find((row) => row.step === step) ?? none);
  };
  const waiting = new Gauge({
    name: 'emporium_purchases',
    help: 'Purchases that wait for an answer, by step, and whether they are parked for a person.',
    labelNames: ['step', 'parked'],
    registers,
    collect: () =>
      show((step, { open, parked }) => {
        waiting.set({ step, parked: 'false' }, open);
        waiting.set({ step, parked: 'true' }, parked);
      }),
  });
  const longest = new Gauge({
    name: 'emporium_purchase_oldest_seconds',
    help: 'How long the oldest purchase at a step has waited; 0 when none does.',
    labelNames: ['step'],
    registers,
    collect: () => show((step, { oldest }) => longest.set({ step }, oldest)),
  });
  return {
    count: (step: PurchaseStep, outcome: Overrun): void => overruns.inc({ step, outcome }),
  };
};
