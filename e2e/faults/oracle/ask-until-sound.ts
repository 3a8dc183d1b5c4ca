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
  const ask = async (): Promise<readonly Violation[]> => [
    ...(await checkWatchers(auditor.query, bought)),
    ...(await checkProvider(auditor.query, urls['card-sandbox'])),
    ...(await checkShop(database)),
  ];
  try {
    for (;;) {
      const violations = await ask().catch((error) => [
        { rule: 'the databases and the provider answer', rows: [{ said: String(error) }] },
      ]);
      if (violations.length === 0 || performance.now() > until) return violations;
      await delay(250);
    }
  } finally {
    await auditor.end();
  }
};
