import { sellerChanged } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import { hearSeller } from '../domain/seller.ts';
import type { Outdated, Ports } from './ports.ts';

/** Keeps the copy of sellers; a seller who stops or starts again takes its variants off sale, or puts them back. */
export const onSellerChanged = subscriber(
  sellerChanged,
  async ({ sellers, products, announce, outdate }: Ports, { payload, occurredAt }) => {
    const { sellerId: id, displayName, active, version } = payload;
    const heard = { id, displayName, active, version };
    const { isNews, variantsChange } = hearSeller(await sellers.lock(id, 'write'), heard);
    if (isNews) await sellers.save(heard);
    if (variantsChange) await announce(await products.raiseVariantsOf(id), occurredAt);
    if (isNews) await outdate(everythingOf(id), occurredAt);
    return ack;
  },
);

/** Searches show sellers' names, and what is on sale depends on them. */
const everythingOf = (id: string): Outdated[] => [
  { what: 'product', id: null },
  { what: 'variant', id: null },
  { what: 'seller', id },
];
