import { cacheInvalidated } from '@emporium/contracts';
import { appendToOutbox, outgoing } from '@emporium/messaging';
import type { Outdated, Ports } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

const typenames = { product: 'Product', variant: 'ProductVariant', seller: 'Seller', category: 'Category' };

/** Beyond this many, telling of whole types costs less than it spares. */
const mostNamed = 200;

/** What is out of date as one `products.cache-invalidated`, each object once. */
export const createOutdate =
  (tx: Prisma.TransactionClient): Ports['outdate'] =>
  async (what, occurredAt) => {
    const named = what.length > mostNamed ? what.map((each) => ({ ...each, id: null })) : what;
    const distinct = new Map(named.map((each): [string, Outdated] => [`${each.what} ${each.id}`, each]));
    const changed = [...distinct.values()].map(({ what, id }) => ({ typename: typenames[what], key: id }));
    await appendToOutbox(tx, [
      outgoing(cacheInvalidated, { changed }, { aggregateId: 'cache', occurredAt }),
    ]);
  };
