/** Seals anew what is not sealed with the first of `DATA_KEYS`, beside the running service: `npm run reseal`. */
import { postgresAdapter, startService } from '@emporium/subgraph';
import { type Progress, startProgress } from '@emporium/subgraph/progress';
import { loadResealConfig } from './config.ts';
import { reseal } from './infrastructure/encryption/reseal.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';

const shownRows = 10;

startService(async () => {
  const { USERS_DATABASE_URL, DATA_KEYS } = loadResealConfig(process.env);
  const prisma = new PrismaClient({ adapter: postgresAdapter(USERS_DATABASE_URL, 'users', 4) });
  let progress: Progress | undefined;
  const { unreadable, left } = await reseal({
    prisma,
    keys: DATA_KEYS,
    begun: (total) => {
      progress = startProgress('sealed anew', total, 'rows');
    },
    advanced: (by) => progress?.advance(by),
  });
  progress?.done();
  await prisma.$disconnect();
  if (unreadable.length > 0)
    throw new Error(
      `${unreadable.length} rows cannot be opened and are as they were: ${unreadable.slice(0, shownRows).join(', ')}`,
    );
  if (left > 0)
    throw new Error(
      `${left} rows changed meanwhile. Run it again, once every replica of the service has the new key.`,
    );
  process.stdout.write(`Everything is sealed with the key ${DATA_KEYS[0]?.kid}.\n`);
});
