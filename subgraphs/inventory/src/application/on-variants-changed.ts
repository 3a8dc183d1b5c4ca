import { variantsChanged } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports, Variant } from './ports.ts';

/** Keeps inventory's copy of what is sold by whom. */
export const onVariantsChanged = subscriber(variantsChanged, async ({ variants }: Ports, { payload }) => {
  const newest = new Map<string, Variant>();
  for (const { variantId: id, sellerId, sku, active, version } of payload.variants) {
    if ((newest.get(id)?.version ?? 0) < version) newest.set(id, { id, sellerId, sku, active, version });
  }
  await variants.keep([...newest.values()]);
  return ack;
});
