import { sellerChanged } from '@emporium/contracts';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { Sellers } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';
import { toSeller } from './user-rows.ts';

/** Sellers' profiles, in one transaction; each change leaves with its event or not at all. */
export const prismaSellers = (
  tx: Prisma.TransactionClient,
  append: (messages: readonly OutgoingMessage[]) => Promise<void>,
): Sellers => ({
  find: async (id) => {
    const row = await tx.seller.findUnique({ where: { id } });
    return row && toSeller(row);
  },
  add: async (seller, at) => {
    const { id, displayName, active, version } = seller;
    await tx.seller.create({ data: { id, displayName, active, version } });
    await append([
      outgoing(
        sellerChanged,
        { sellerId: id, displayName, active, version },
        { aggregateId: id, occurredAt: at },
      ),
    ]);
  },
});
