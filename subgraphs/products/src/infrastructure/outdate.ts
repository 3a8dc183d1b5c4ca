import { cacheInvalidated, type PayloadOf } from '@emporium/contracts';
import { appendToOutbox, outgoing } from '@emporium/messaging';
import type { Outdated, Ports } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

const typenames = {
  product: 'Product',
  variant: 'ProductVariant',
  seller: 'Seller',
  category: 'Category',
} as const satisfies Record<Outdated['what'], string>;

const kinds = new Map(
  Object.entries(typenames).map(([what, typename]) => [typename as string, what as Outdated['what']]),
);

/** What a `products.cache-invalidated` tells. */
export const readOutdated = ({ changed }: PayloadOf<typeof cacheInvalidated>): Outdated[] =>
  changed.flatMap(({ typename, key: id }) => {
    const what = kinds.get(typename);
    return what ? [{ what, id }] : [];
  });

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
