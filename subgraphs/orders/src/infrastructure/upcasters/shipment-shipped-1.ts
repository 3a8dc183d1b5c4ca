import type { Upcaster } from './upcaster.ts';

/** Who sent it was not kept: its seller, or an administrator. */
export const shipmentShipped1: Upcaster = {
  type: 'ShipmentShipped',
  from: 1,
  up: (payload) => ({ by: null, ...payload }),
};
