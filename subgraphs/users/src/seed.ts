/** Opens the demonstration accounts, in development only: its events leave with the service's relay. */

import { createSeal } from '@emporium/encryption';
import { postgresAdapter, startService } from '@emporium/subgraph';
import { v7 as newId, v5 } from 'uuid';
import { vouchForEmail } from './application/accounts/verify-email.ts';
import { openAccount } from './application/register.ts';
import { seedAccounts } from './application/seed-accounts.ts';
import { becomeSeller } from './application/sellers/become-seller.ts';
import { loadConfig } from './config.ts';
import { createArgon2Hasher } from './infrastructure/argon2-hasher.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { transactWith } from './infrastructure/prisma-ports.ts';

startService(async () => {
  const { USERS_DATABASE_URL, DATA_KEYS } = loadConfig(process.env);
  const prisma = new PrismaClient({ adapter: postgresAdapter(USERS_DATABASE_URL, 'users', 1) });
  const dependencies = {
    transact: transactWith(prisma, createSeal(DATA_KEYS), () => undefined),
    passwords: createArgon2Hasher(),
    newId,
    // The demonstration's seller sells, whatever is asked of others.
    sellerApproval: 'auto' as const,
  };
  await seedAccounts(
    {
      openAccount: openAccount(dependencies),
      becomeSeller: becomeSeller(dependencies),
      vouchForEmail: vouchForEmail(dependencies),
    },
    (email) => v5(email, v5.URL),
  );
  await prisma.$disconnect();
});
