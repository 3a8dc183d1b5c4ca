import { badUserInput, MoneyInput, readMoney, readOptionalKey } from '@emporium/subgraph';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { ReturnId, ShipmentId } from '../../application/ports.ts';
import type { Arrival } from '../../application/returns/decide-on-return.ts';
import type { ReturnRequest } from '../../application/returns/request-return.ts';
import type { ArrivedUnits, Disposition, ReturnReason, ReturnStatus } from '../../domain/return.ts';
import { readCartLine } from '../cart.input.ts';
import { readReason } from '../read-reason.ts';
import { readIdempotencyKey } from '../read-text.ts';
import { readShipmentLines, ShipmentLineInput } from '../ship.input.ts';
import { ReturnDispositionEnum, ReturnReasonEnum, ReturnStatusEnum } from './return.type.ts';

@InputType('RequestReturnInput', { description: 'What is to be sent back of a shipment that has arrived.' })
export class RequestReturnInput {
  @Field(() => String, {
    description:
      'Made by the client for this return, 1 to 128 characters. The same key with the same input gives the same return, for ever.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'A shipment of an order of yours.' })
  shipmentId!: string;

  @Field(() => [ShipmentLineInput], { description: 'How many of which of its lines, each variant once.' })
  lines!: ShipmentLineInput[];

  @Field(() => ReturnReasonEnum, { description: 'Why.' })
  reason!: ReturnReason;

  @Field(() => String, {
    nullable: true,
    description: 'More about it, for the seller, in up to 500 characters.',
  })
  comment?: string | null;
}

@InputType('ReturnedUnitsInput', { description: 'Units of a return that came back.' })
export class ReturnedUnitsInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => Int, { description: 'How many: 1 to 100,000.' })
  quantity!: number;

  @Field(() => ReturnDispositionEnum, { description: 'What happens to them.' })
  disposition!: Disposition;

  @Field(() => ID, {
    nullable: true,
    description:
      'At which stock location of the seller’s they are; without it, and where that is closed, another seller’s or none at all, at the default one.',
  })
  locationId?: string | null;
}

@InputType('ReceiveReturnInput', {
  description: 'What of a return has come back, and what is given back for it.',
})
export class ReceiveReturnInput {
  @Field(() => ID, { description: 'The return’s id.' })
  returnId!: string;

  @Field(() => [ReturnedUnitsInput], {
    description:
      'What came back, each variant once for each disposition and location. What is not named never came and may be asked to be returned again.',
  })
  lines!: ReturnedUnitsInput[];

  @Field(() => MoneyInput, {
    nullable: true,
    description:
      'What goes back; without it exactly what was paid for these units. Never more, less with a reason.',
  })
  refund?: MoneyInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why less goes back than was paid, in up to 500 characters.',
  })
  reason?: string | null;
}

@InputType('ReturnFilter', { description: 'Which returns; all conditions must hold.' })
export class ReturnFilterInput {
  @Field(() => [ReturnStatusEnum], { nullable: true, description: 'Only those that are in one of these.' })
  status?: ReturnStatus[] | null;
}

/** Checks what a client could have checked alone. */
export const readReturnRequest = (input: RequestReturnInput): ReturnRequest => ({
  idempotencyKey: readIdempotencyKey(input.idempotencyKey),
  shipmentId: input.shipmentId as ShipmentId,
  lines: readShipmentLines(input.lines),
  reason: input.reason,
  comment: readReason(input.comment, 'input.comment'),
});

/** The same, of what came back. */
export const readArrival = (input: ReceiveReturnInput): Arrival & { readonly returnId: ReturnId } => {
  const refund = input.refund ? readMoney(input.refund, 'input.refund') : null;
  if (refund && refund.minor < 0n) throw badUserInput('`refund` must be 0 or more.', 'input.refund');
  return {
    returnId: input.returnId as ReturnId,
    lines: readReturnedUnits(input.lines),
    refund,
    reason: readReason(input.reason, 'input.reason'),
  };
};

const readReturnedUnits = (lines: readonly ReturnedUnitsInput[]): readonly ArrivedUnits[] => {
  if (lines.length === 0) throw badUserInput('`lines` must name at least one line.', 'input.lines');
  const named = new Set<string>();
  return lines.map(({ disposition, locationId, ...line }, index) => {
    const field = `input.lines.${index}`;
    const place = readOptionalKey(locationId, `${field}.locationId`);
    const name = JSON.stringify([line.variantId, disposition, place]);
    if (named.has(name))
      throw badUserInput(
        '`lines` may name a variant once for each disposition and location.',
        `${field}.variantId`,
      );
    named.add(name);
    const units = readCartLine(line, 1, `${field}.quantity`);
    return { ...units, disposition, locationId: place as ArrivedUnits['locationId'] };
  });
};
