/** From whatever version an event was stored in to the newest, step by step. */
import { cancelled1 } from './cancelled-1.ts';
import { placed1 } from './placed-1.ts';
import { shipmentReleased1 } from './shipment-released-1.ts';
import { shipmentShipped1 } from './shipment-shipped-1.ts';
import { stockReserved1 } from './stock-reserved-1.ts';
import type { StoredPayload, Upcaster } from './upcaster.ts';

/** Every step there is; a new version of a type adds one. */
export const upcasters: readonly Upcaster[] = [
  placed1,
  stockReserved1,
  shipmentShipped1,
  shipmentReleased1,
  cancelled1,
];

const stepFrom = (type: string, version: number): Upcaster | undefined =>
  upcasters.find((each) => each.type === type && each.from === version);

/** The version that this code writes: one more than there are steps. */
export const newestVersion = (type: string): number =>
  1 + upcasters.filter((each) => each.type === type).length;

type Stored = { readonly type: string; readonly version: number; readonly payload: object };

/** The payload in its newest shape. Throws for a version that this code does not know: newer code wrote it. */
export const upcast = ({ type, version, payload }: Stored): StoredPayload => {
  if (version > newestVersion(type))
    throw new TypeError(`${type} is stored as version ${version}, which is newer`);
  let newest = payload as StoredPayload;
  for (let step = stepFrom(type, version); step; step = stepFrom(type, step.from + 1))
    newest = step.up(newest);
  return newest;
};
