import type { Directory } from '../../application/ports.ts';
import type { PrismaClient } from '../generated/client.ts';
import { toSeller } from '../user-rows.ts';

/** One page of sellers by the time of their application. */
export const listSellers =
  (prisma: PrismaClient): Directory['listSellers'] =>
  async ({ status, limit, after }) => {
    const rows = await prisma.seller.findMany({
      where: {
        ...(status === null ? {} : { status }),
        ...(after === null
          ? {}
          : {
              OR: [
                { appliedAt: { gt: after.appliedAt } },
                { appliedAt: after.appliedAt, id: { gt: after.id } },
              ],
            }),
      },
      orderBy: [{ appliedAt: 'asc' }, { id: 'asc' }],
      take: limit,
    });
    return rows.map(toSeller);
  };
