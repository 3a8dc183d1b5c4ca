import { sellerChanged } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports } from './ports.ts';

/** Keeps inventory's copy of who may sell: a suspended seller's token may still say that they do. */
export const onSellerChanged = subscriber(sellerChanged, async ({ sellers }: Ports, { payload }) => {
  const { sellerId: id, active, version } = payload;
  await sellers.keep({ id, active, version });
  return ack;
});
