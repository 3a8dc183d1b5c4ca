import { asId } from '@emporium/domain';
import type { Sellers } from '../application/ports.ts';
import { Prisma } from './generated/client.ts';

type Row = { id: string; displayName: string | null; active: boolean; version: number };

const locks = { read: Prisma.sql`FOR SHARE`, write: Prisma.sql`FOR UPDATE` };

export const createSellers = (tx: Prisma.TransactionClient): Sellers => {
  const find = async (id: string, mode: keyof typeof locks) => {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT id, display_name AS "displayName", active, version FROM sellers WHERE id = ${id} ${locks[mode]}`;
    return row;
  };
  return {
    lock: async (id, mode) => {
      const known = await find(id, mode);
      if (known) return { ...known, id: asId(known.id) };
      await tx.$executeRaw`INSERT INTO sellers (id) VALUES (${id}) ON CONFLICT DO NOTHING`;
      const added = await find(id, mode);
      if (!added) throw new Error(`seller ${id} cannot be locked`);
      return { ...added, id: asId(added.id) };
    },
    save: async ({ id, displayName, active, version }) => {
      await tx.seller.update({ where: { id }, data: { displayName, active, version } });
    },
  };
};
