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
import { findVariantsOf } from './infrastructure/sellers-variants.ts';

const sellerId = asId<'User'>(v5('seller@emporium.test', v5.URL));
const patienceMs = 60_000;
const lookEveryMs = 200;
/** Nothing says how many products there will be: they are all here when none has come for so long. */
const quietMs = 2000;

/** The seller's variants, once there are some and no more come. */
const awaitVariants = async (look: () => ReturnType<typeof findVariantsOf>) => {
  const deadline = performance.now() + patienceMs;
  let known = 0;
  let changedAt = performance.now();
  while (performance.now() < deadline) {
    const variants = await look();
    if (variants.length > known) {
      known = variants.length;
      changedAt = performance.now();
    }
    if (known > 0 && performance.now() - changedAt > quietMs) return variants;
    await delay(lookEveryMs);
  }
  throw new Error(
    `inventory heard of no product of seller@emporium.test within ${patienceMs / 1000} s: seed products, and start inventory`,
  );
};

startService(async () => {
  const prisma = openDatabase(loadConfig(process.env).INVENTORY_DATABASE_URL);
  const adjust = adjustStock(createTransact(prisma, () => undefined));
  const adjustments = openingStock(await awaitVariants(() => findVariantsOf(prisma, sellerId)));
  for (let start = 0; start < adjustments.length; start += 500) {
    await adjust(adjustments.slice(start, start + 500), { id: sellerId, isAdmin: false });
  }
  await prisma.$disconnect();
});
