/**
 * Makes what screens read of orders again from their events, beside the running service, and puts right what differs:
 * `npm run orders:rebuild`; with `-- --check` it only compares. Ends with 0 when nothing differed, 1 when it did and was put
 * right, 4 when it did and was not.
 */
import { parseArgs } from 'node:util';
import { startService } from '@emporium/subgraph';
import { startProgress } from '@emporium/subgraph/progress';
import { loadRebuildConfig } from './config.ts';
import type { Difference } from './infrastructure/rebuild/differences.ts';
import { openAsOwner } from './infrastructure/rebuild/open-as-owner.ts';
import { rebuildReadModel } from './infrastructure/rebuild/rebuild-read-model.ts';

const mostDifferences = 200;

const lineOf = ({ orderId, table, column, live, rebuilt }: Difference): string =>
  `${orderId} ${table}.${column}: ${live ?? 'nothing'} is shown, ${rebuilt ?? 'nothing'} happened`;

startService(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const { DATABASE_URL } = loadRebuildConfig(process.env);
  const prisma = openAsOwner(DATABASE_URL);
  const { orders, different, differences } = await rebuildReadModel(prisma, {
    check: values.check,
    mostDifferences,
    progress: (total) => startProgress('orders', total, 'orders'),
  });
  await prisma.$disconnect();
  const count = (number: number): string => number.toLocaleString('en');
  const outcome = values.check ? 'differ' : 'differed and are as their events say now';
  const lines = differences.map(lineOf);
  if (differences.length === mostDifferences) lines.push('… and more');
  lines.push(
    different === 0
      ? `All ${count(orders)} orders are shown as their events say.`
      : `${count(different)} of ${count(orders)} orders ${outcome}.`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  if (different > 0) process.exitCode = values.check ? 4 : 1;
});
