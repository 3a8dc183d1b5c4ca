/** Seals anew what is not sealed with the first of `DATA_KEYS`, beside the running service: `npm run reseal`. */
import { runReseal } from '@emporium/encryption';
import { postgresAdapter, startService } from '@emporium/subgraph';
import { loadResealConfig } from './config.ts';
import { sealedTables } from './infrastructure/encryption/sealed-tables.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';

startService(async () => {
  const { USERS_DATABASE_URL, DATA_KEYS } = loadResealConfig(process.env);
  const prisma = new PrismaClient({ adapter: postgresAdapter(USERS_DATABASE_URL, 'users', 4) });
  await runReseal({ prisma, tables: sealedTables, keys: DATA_KEYS });
  await prisma.$disconnect();
});
