/**
 * Gives the demonstration's products their opening stock, in development only. The running service hears of the
 * products; this waits for that, and the service's relay sends what follows.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { asId } from '@emporium/domain';
import { startService } from '@emporium/subgraph';
import { v5 } from 'uuid';
import { adjustStock } from './application/adjust-stock.ts';
import { openingStock } from './application/opening-stock.ts';
import { loadConfig } from './config.ts';
import { createTransact, openDatabase } from './infrastructure/database.ts';
import { findUnstocked } from './infrastructure/unstocked-variants.ts';

const sellerId = asId<'User'>(v5('seller@emporium.test', v5.URL));
const patienceMs = 60_000;
const lookEveryMs = 200;
/** Nothing says how many products there will be: they are all here when none has come for so long. */
const quietMs = 2000;

/** Waits for the seller's variants, then answers those without stock. */
const awaitVariants = async (look: () => ReturnType<typeof findUnstocked>) => {
  const deadline = performance.now() + patienceMs;
  let known = 0;
  let changedAt = performance.now();
  while (performance.now() < deadline) {
    const found = await look();
    if (found.known > known) {
      known = found.known;
      changedAt = performance.now();
    }
    const isQuiet = performance.now() - changedAt > quietMs;
    if (known > 0 && (isQuiet || found.unstocked.length === 0)) return found.unstocked;
    await delay(lookEveryMs);
  }
  throw new Error(
    `inventory heard of no product of seller@emporium.test within ${patienceMs / 1000} s: seed products, and start inventory`,
  );
};

startService(async () => {
  // biome-ignore lint/style/noProcessEnv: the other entry point of this subgraph.
  const prisma = openDatabase(loadConfig(process.env).INVENTORY_DATABASE_URL);
  const adjust = adjustStock(createTransact(prisma, () => undefined));
  const adjustments = openingStock(await awaitVariants(() => findUnstocked(prisma, sellerId)));
  for (let start = 0; start < adjustments.length; start += 500) {
    await adjust(adjustments.slice(start, start + 500), { id: sellerId, isAdmin: false });
  }
  await prisma.$disconnect();
});
