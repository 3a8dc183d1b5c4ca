import type { Upcaster } from './upcaster.ts';

/** A payout once ended a shipment, whether its goods had left or not: what ended then stays so. */
export const shipmentReleased1: Upcaster = {
  type: 'ShipmentReleased',
  from: 1,
  up: (payload) => ({ ahead: false, ...payload }),
};
