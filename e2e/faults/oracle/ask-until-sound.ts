import { setTimeout as delay } from 'node:timers/promises';
import { connectAuditor, type Violation } from '@emporium/audit';
import type { Graph } from '@emporium/local-stack';
import { checkWatchers } from '../shoppers/check-watchers.ts';
import type { Bought } from '../shoppers/shoppers.ts';
import { checkProvider } from './check-provider.ts';
import { checkShop } from './check-shop.ts';

/**
 * Asks databases, buyers and the cards' provider until everything holds, or the time is over; answers what does not. `until` is in
 * milliseconds, as `performance.now()` counts.
 */
export const askUntilSound = async (
  { parts: { database }, urls }: Graph,
  bought: readonly Bought[],
  until: number,
): Promise<readonly Violation[]> => {
  const auditor = connectAuditor(database.auditor);
  // What costs least first: while something is still on its way, the rest need not be asked.
  const questions = [
    () => checkWatchers(auditor.query, bought),
    () => checkProvider(auditor.query, urls['card-sandbox']),
    () => checkShop(database),
  ];
  const ask = async (isLast: boolean): Promise<readonly Violation[]> => {
    const violations: Violation[] = [];
    for (const question of questions) {
      violations.push(...(await question()));
      if (violations.length > 0 && !isLast) break;
    }
    return violations;
  };
  try {
    for (;;) {
      const isLast = performance.now() > until;
      const violations = await ask(isLast).catch((error) => [
        { rule: 'the databases and the provider answer', rows: [{ said: String(error) }] },
      ]);
      if (violations.length === 0 || isLast) return violations;
      await delay(250);
    }
  } finally {
    await auditor.end();
  }
};
