import { variantsChanged } from '@emporium/contracts';
import { appendToOutbox, outgoing } from '@emporium/messaging';
import type { Ports } from '../application/ports.ts';
import type { VariantFacts } from '../domain/variant-facts.ts';
import type { Prisma } from './generated/client.ts';

/** As many variants as one message may hold, and as many bytes; the broker takes 1 MiB with all that wraps them. */
const mostVariants = 500;
const mostBytes = 800_000;

/** Ids, price and names of fields take less than this; titles and SKUs of any script come on top. */
const bytesOf = ({ title, sku }: VariantFacts): number =>
  400 + Buffer.byteLength(title) + Buffer.byteLength(sku);

const inMessages = (facts: readonly VariantFacts[]): VariantFacts[][] => {
  const messages: VariantFacts[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const variant of facts) {
    const current = messages.at(-1);
    bytes += bytesOf(variant);
    if (current && current.length < mostVariants && bytes <= mostBytes) {
      current.push(variant);
    } else {
      messages.push([variant]);
      bytes = bytesOf(variant);
    }
  }
  return messages;
};

/**
 * Variants' facts as `products.variants-changed`. A message belongs to the seller of its first variant; what decides
 * between two messages about one variant is the version, not the order.
 */
export const createAnnounce =
  (tx: Prisma.TransactionClient): Ports['announce'] =>
  async (facts, occurredAt) => {
    const messages = inMessages(facts).map((variants) =>
      outgoing(variantsChanged, { variants }, { aggregateId: variants[0]?.sellerId ?? '', occurredAt }),
    );
    await appendToOutbox(tx, messages);
  };
