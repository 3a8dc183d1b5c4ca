import { availabilityChanged } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports, VariantStock } from './ports.ts';

/** Keeps the copy of what is in stock, which lists and searches filter by. Lists that showed a product before are out of date. */
export const onAvailabilityChanged = subscriber(
  availabilityChanged,
  async ({ stock, outdate }: Ports, { payload, occurredAt }) => {
    const newest = new Map<string, VariantStock>();
    for (const heard of payload.variants) {
      if ((newest.get(heard.variantId)?.version ?? 0) < heard.version) newest.set(heard.variantId, heard);
    }
    const turned = await stock.keep([...newest.values()]);
    if (turned.length > 0)
      await outdate(
        turned.map((id) => ({ what: 'product', id })),
        occurredAt,
      );
    return ack;
  },
);
