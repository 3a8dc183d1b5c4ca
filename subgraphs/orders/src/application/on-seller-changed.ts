import { sellerChanged } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports } from './ports.ts';

/** Keeps our copy of who may sell, so that a cart can say why something is not for sale. */
export const onSellerChanged = subscriber(sellerChanged, async ({ sellers }: Ports, { payload }) => {
  const { sellerId: id, active, version } = payload;
  await sellers.keep({ id, active, version });
  return ack;
});
