import { variantsChanged } from '@emporium/contracts';
import { appendToOutbox, outgoing } from '@emporium/messaging';
import type { Ports } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

/** As many variants as one message may hold. */
const most = 500;

/**
 * Variants' facts as `products.variants-changed`. A message belongs to the seller of its first variant; what decides
 * between two messages about one variant is the version, not the order.
 */
export const createAnnounce =
  (tx: Prisma.TransactionClient): Ports['announce'] =>
  async (facts, occurredAt) => {
    const messages = Array.from({ length: Math.ceil(facts.length / most) }, (_, index) => {
      const variants = facts.slice(index * most, (index + 1) * most);
      const aggregateId = variants[0]?.sellerId ?? '';
      return outgoing(variantsChanged, { variants }, { aggregateId, occurredAt });
    });
    await appendToOutbox(tx, messages);
  };
