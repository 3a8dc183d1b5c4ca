import { badUserInput } from '@emporium/subgraph';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { SentParcel } from '../application/move-shipment.ts';
import type { ShipmentId } from '../application/ports.ts';
import { readCartLine } from './cart.input.ts';

@InputType({ description: 'So many of a line of a shipment.' })
export class ShipmentLineInput {
  @Field(() => ID, { description: 'The variant of the line.' })
  variantId!: string;

  @Field(() => Int, { description: 'How many: 1 to 100,000.' })
  quantity!: number;
}

@InputType({ description: 'A shipment, or a part of one, handed to a carrier.' })
export class ShipInput {
  @Field(() => ID, { description: 'One of your shipments.' })
  shipmentId!: string;

  @Field(() => String, { description: 'Who carries it: 1 to 40 letters, digits, spaces, `.`, `&`, `-`.' })
  carrier!: string;

  @Field(() => String, { description: 'The carrier’s number: 4 to 40 letters, digits and `-`.' })
  trackingNumber!: string;

  @Field(() => [ShipmentLineInput], {
    nullable: true,
    description: 'What is in the parcel, each variant once; without it, all that is still to be sent.',
  })
  lines?: ShipmentLineInput[] | null;
}

// Both are kept for ever in the order's history, so no free text may hide in them.
const carrierShape = /^[\p{L}\d .&-]{1,40}$/u;
const trackingNumberShape = /^[A-Za-z0-9-]{4,40}$/;

/** Checks what a client could have checked alone. */
export const readParcel = (input: ShipInput): SentParcel => {
  const carrier = input.carrier.trim();
  const trackingNumber = input.trackingNumber.trim();
  if (!carrierShape.test(carrier)) {
    throw badUserInput('`carrier` must be 1 to 40 letters, digits, spaces, ., & and -.', 'input.carrier');
  }
  if (!trackingNumberShape.test(trackingNumber)) {
    throw badUserInput('`trackingNumber` must be 4 to 40 letters, digits and -.', 'input.trackingNumber');
  }
  const lines = input.lines == null ? null : readShipmentLines(input.lines);
  return { shipmentId: input.shipmentId as ShipmentId, carrier, trackingNumber, lines };
};

/** Units of lines, each variant once. */
export const readShipmentLines = (lines: readonly ShipmentLineInput[]) => {
  if (lines.length === 0) throw badUserInput('`lines` must name at least one line.', 'input.lines');
  const named = new Set<string>();
  return lines.map((line, index) => {
    const field = `input.lines.${index}`;
    if (named.has(line.variantId))
      throw badUserInput('`lines` may name a variant once.', `${field}.variantId`);
    named.add(line.variantId);
    return readCartLine(line, 1, `${field}.quantity`);
  });
};
