import type { Ports } from '../../../../subgraphs/inventory/src/application/ports.ts';
import { notSimulated, partly } from '../../store/not-simulated.ts';
import { keepNewer } from '../../store/versioned.ts';
import { createReservationStore } from './reservation-store.ts';
import { createStockStore } from './stock-store.ts';
import type { InventoryWithin } from './within.ts';

/** What inventory asks of one transaction, as far as the simulated world goes: nobody holds anything before ordering it. */
export const inventoryPorts = (within: InventoryWithin): Ports => {
  const { tx, tables, scheduler, seams, newId } = within;
  return {
    reservations: createReservationStore(within),
    stock: createStockStore(within),
    holds: partly<Ports['holds']>('holds', { handOver: async () => undefined }),
    locations: notSimulated('the keeping of locations'),
    variants: partly<Ports['variants']>('variants', {
      keep: async (variants) => {
        await tx.statement('keeps variants');
        for (const variant of variants.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
          await keepNewer(tx, tables.variants, variant.id, variant, seams);
      },
    }),
    sellers: {
      keep: async (seller) => {
        await tx.statement('keeps a seller');
        await keepNewer(tx, tables.sellers, seller.id, seller, seams);
      },
    },
    now: async () => scheduler.instant(),
    newId,
  };
};
