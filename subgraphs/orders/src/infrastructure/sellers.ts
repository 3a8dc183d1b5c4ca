import type { Sellers } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** Our copy of who may sell, within a transaction. */
export const createSellers = (tx: Tx): Sellers => ({
  keep: async ({ id, active, version }) => {
    await tx.$executeRaw`
      INSERT INTO sellers (id, active, version) VALUES (${id}, ${active}, ${version})
      ON CONFLICT (id) DO UPDATE SET active = excluded.active, version = excluded.version
      WHERE sellers.version < excluded.version`;
  },
});
