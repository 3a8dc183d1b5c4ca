import { sellerChanged } from '@emporium/contracts';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { Sellers } from '../../application/ports.ts';
import type { Prisma } from '../generated/client.ts';
import { toSeller } from '../user-rows.ts';

/** Sellers, in one transaction; each change leaves with its event or not at all. */
export const prismaSellers = (
  tx: Prisma.TransactionClient,
  append: (messages: readonly OutgoingMessage[]) => Promise<void>,
): Sellers => ({
  find: async (id) => {
    const row = await tx.seller.findUnique({ where: { id } });
    return row && toSeller(row);
  },
  save: async (seller, at) => {
    const { id, displayName, status, reason: statusReason, appliedAt } = seller;
    const version = seller.version + 1;
    const columns = { displayName, status, statusReason, appliedAt, version };
    await tx.seller.upsert({ where: { id }, create: { id, ...columns }, update: columns });
    await append([
      outgoing(
        sellerChanged,
        { sellerId: id, displayName, active: status === 'ACTIVE', version },
        { aggregateId: id, occurredAt: at },
      ),
    ]);
    return { ...seller, version };
  },
});
