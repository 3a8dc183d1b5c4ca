import { setTimeout as delay } from 'node:timers/promises';
import type { Violation } from '@emporium/audit';
import { eventually } from '@emporium/testing';
import type { Fault, Stage } from '../faults/fault.ts';
import type { Shoppers } from '../shoppers/shoppers.ts';
import type { Visitor } from '../visitors/pages.ts';

/** Bought while it is broken, where orders are taken all the same. */
const boughtMeanwhile = 2;

export const violationOf = (rule: string, said: unknown): Violation => ({
  rule,
  rows: [{ said: String(said) }],
});

/** Who is in the shop meanwhile, and for how many milliseconds something is waited for. */
export type Meanwhile = {
  readonly visitor: Visitor;
  readonly shoppers: Pick<Shoppers, 'bought' | 'more'>;
  readonly patienceMs: number;
};

/** Breaks the shop, looks at it, and heals it whatever it saw: what was wrong meanwhile, and how many orders were taken. */
export const breakAndHeal = async (
  fault: Fault,
  stage: Stage,
  { visitor, shoppers, patienceMs }: Meanwhile,
): Promise<{ readonly violations: readonly Violation[]; readonly taken: number }> => {
  const violations: Violation[] = [];
  let taken = 0;
  try {
    await fault.break(stage);
    const before = shoppers.bought.length;
    if (fault.meanwhile) violations.push(...(await fault.meanwhile(visitor)));
    await delay(fault.holdMs ?? 1_500);
    if (fault.takesOrders && !(await shoppers.more(boughtMeanwhile, patienceMs)))
      violations.push(violationOf('orders are taken meanwhile', 'nobody could buy'));
    const { felt } = fault;
    if (felt) await eventually(() => felt(stage), { timeout: patienceMs }).catch(nothingMetIt);
    taken = shoppers.bought.length - before;
  } catch (error) {
    violations.push(violationOf('the fault can be made', error));
  }
  try {
    await fault.heal(stage);
  } catch (error) {
    violations.push(violationOf('the shop can be healed', error));
  }
  return { violations, taken };
};

const nothingMetIt = (): never => {
  throw new Error('nothing has met it');
};
