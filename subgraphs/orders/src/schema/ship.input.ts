import { badUserInput } from '@emporium/subgraph';
import { Field, ID, InputType } from 'type-graphql';
import type { Parcel } from '../application/move-shipment.ts';
import type { ShipmentId } from '../application/ports.ts';

@InputType({ description: 'A shipment handed to a carrier.' })
export class ShipInput {
  @Field(() => ID, { description: 'One of your shipments.' })
  shipmentId!: string;

  @Field(() => String, { description: 'Who carries it: 1 to 40 letters, digits, spaces, `.`, `&`, `-`.' })
  carrier!: string;

  @Field(() => String, { description: 'The carrier’s number: 4 to 40 letters, digits and `-`.' })
  trackingNumber!: string;
}

// Both are kept for ever in the order's history, so no free text may hide in them.
const carrierShape = /^[\p{L}\d .&-]{1,40}$/u;
const trackingNumberShape = /^[A-Za-z0-9-]{4,40}$/;

/** Checks what a client could have checked alone. */
export const readParcel = (input: ShipInput): Parcel => {
  const carrier = input.carrier.trim();
  const trackingNumber = input.trackingNumber.trim();
  if (!carrierShape.test(carrier)) {
    throw badUserInput('`carrier` must be 1 to 40 letters, digits, spaces, ., & and -.', 'input.carrier');
  }
  if (!trackingNumberShape.test(trackingNumber)) {
    throw badUserInput('`trackingNumber` must be 4 to 40 letters, digits and -.', 'input.trackingNumber');
  }
  return { shipmentId: input.shipmentId as ShipmentId, carrier, trackingNumber };
};
