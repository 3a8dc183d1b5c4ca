import type { PurchaseStep, PurchaseTerms } from '../domain/purchase-step.ts';
import { handleOrder } from './handle-order.ts';
import type { Overdue, Transact } from './ports.ts';

/** Port: steps whose question was published too long ago by the database's clock, oldest first. */
export type FindOverdue = (limit: number) => Promise<readonly Overdue[]>;

/** Port: purchases that do not move by themselves. */
export type PurchaseWatch = {
  /** A step could not be moved on, and why. True when that was once too often, and it is left to a person from now on. */
  couldNotMove(overdue: Overdue, reason: string): Promise<boolean>;
  /** Keeps the time of unsettled purchases that nobody keeps the time of; says how many there were. */
  adopt(): Promise<number>;
};

/** What became of a step that was not answered in time. */
export type Overrun = 'ASKED_AGAIN' | 'FAILED' | 'PARKED';

/** Who hears of it. */
export type Overruns = {
  moved(step: PurchaseStep, overrun: Overrun): void;
  failed(error: unknown, overdue: Overdue): void;
};

const batch = 100;

const overrunBy: Readonly<Record<string, Overrun>> = {
  AskedAgain: 'ASKED_AGAIN',
  Failed: 'FAILED',
  PurchaseParked: 'PARKED',
};

/**
 * Moves purchases on that were not answered in time, each in a transaction of its own: asks again, lets the order fail, or
 * leaves it to a person. One that cannot be moved on does not hold up the others; it is tried again, a few times.
 */
export const timeOutPurchases =
  (transact: Transact, findOverdue: FindOverdue, watch: PurchaseWatch, terms: PurchaseTerms) =>
  async ({ moved, failed }: Overruns): Promise<void> => {
    for (const overdue of await findOverdue(batch)) {
      const overrun = await timeOut(transact, overdue, terms).catch((error: unknown) => {
        failed(error, overdue);
        return giveUp(watch, overdue, error);
      });
      if (overrun) moved(overdue.step, overrun);
    }
  };

const giveUp = async (watch: PurchaseWatch, overdue: Overdue, error: unknown): Promise<Overrun | null> => {
  const reason = `It could not be moved on: ${error instanceof Error ? error.name : 'unknown'}.`;
  return (await watch.couldNotMove(overdue, reason)) ? 'PARKED' : null;
};

const timeOut = (transact: Transact, overdue: Overdue, terms: PurchaseTerms): Promise<Overrun | null> =>
  transact(async (ports) => {
    if (!(await ports.deadlines.claim(overdue))) return null;
    const { retries, lastResort } = terms[overdue.step];
    const decision = await handleOrder(ports, overdue.orderId, {
      type: 'TimeOut',
      step: overdue.step,
      retries,
      lastResort,
    });
    const [event] = decision.ok ? decision.events : [];
    const overrun = (event && overrunBy[event.type]) ?? null;
    // It was answered meanwhile, or the order that it belonged to is no more.
    if (overrun === null) await ports.deadlines.remove(overdue);
    return overrun;
  });
