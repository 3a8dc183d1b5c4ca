import type { Sellers } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

export const createSellers = (tx: Prisma.TransactionClient): Sellers => ({
  keep: async ({ id, active, version }) => {
    await tx.$executeRaw`
      INSERT INTO sellers (id, active, version) VALUES (${id}, ${active}, ${version})
      ON CONFLICT (id) DO UPDATE SET active = excluded.active, version = excluded.version
      WHERE sellers.version < excluded.version`;
  },
});
