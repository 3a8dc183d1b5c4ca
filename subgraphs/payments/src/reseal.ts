/** Seals anew what is not sealed with the first of `DATA_KEYS`, beside the running service: `npm run reseal:payments`. */
import { runReseal } from '@emporium/encryption';
import { startService } from '@emporium/subgraph';
import { loadResealConfig } from './config.ts';
import { openDatabase } from './infrastructure/database.ts';
import { sealedTables } from './infrastructure/sealed-tables.ts';

startService(async () => {
  const { PAYMENTS_DATABASE_URL, DATA_KEYS } = loadResealConfig(process.env);
  const prisma = openDatabase(PAYMENTS_DATABASE_URL);
  await runReseal({ prisma, tables: sealedTables, keys: DATA_KEYS });
  await prisma.$disconnect();
});
