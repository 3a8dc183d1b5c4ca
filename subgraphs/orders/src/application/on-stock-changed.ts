import { stockChanged } from '@emporium/contracts';
import { ack, batchSubscriber } from '@emporium/messaging';
import type { Ports } from './ports.ts';

/** Every order is news of each of its variants: they share transactions, and a warning may be so many milliseconds late. */
const batch = 100;
const lateMs = 250;

/** Keeps our copy of what is available, by which carts warn. */
export const onStockChanged = batchSubscriber(
  stockChanged,
  batch,
  async ({ stock }: Ports, received) => {
    await stock.keep(received.map(({ payload }) => payload));
    return ack;
  },
  { lingerMs: lateMs },
);
