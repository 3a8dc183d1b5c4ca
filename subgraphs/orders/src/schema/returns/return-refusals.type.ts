/** Why nothing came of what was asked of a return. */
import { Refusal } from '@emporium/subgraph';
import { Field, ObjectType } from 'type-graphql';
import { blaming, type Codes, enumOf, refusalOf } from '../refusal-codes.ts';

const requestReturnCodes = {
  NOT_FOUND: {
    means: 'There is no such shipment, or it is not yours.',
    says: 'There is no such shipment in an order of yours.',
  },
  NOT_DELIVERED: {
    means: 'It has not arrived.',
    says: 'This shipment has not arrived yet: say so with confirmDelivery, or cancel what has not been sent.',
  },
  TOO_LATE: {
    means: 'It arrived too long ago.',
    says: 'This shipment arrived too long ago to be sent back: `returnableUntil` says until when it could.',
  },
  NOT_IN_SHIPMENT: {
    means: 'A line that was named is not in it.',
    says: 'A variant that you named is not in this shipment. Name only its own lines.',
  },
  MORE_THAN_LEFT: {
    means: 'More was named than was sent and is not being returned already.',
    says: 'You named more of a line than was sent and has not been asked to be returned before.',
  },
  TOO_MANY_RETURNS: {
    means: 'The shipment has had as many returns as it may have.',
    says: 'There have been too many returns of this shipment. Ask its seller.',
  },
  IDEMPOTENCY_MISMATCH: {
    means: 'The idempotency key belongs to another return of yours.',
    says: 'This idempotency key already made a return with other input. Use a new key for a new return.',
  },
} as const satisfies Codes<string>;

const returnCodes = {
  NOT_FOUND: {
    means: 'There is no such return, or it is not for you to say.',
    says: 'There is no such return, or it is not for you to say.',
  },
  RETURN_ENDED: {
    means: 'It was rejected or withdrawn.',
    says: 'This return was rejected or withdrawn. Its buyer may ask for a new one.',
  },
  ALREADY_RECEIVED: {
    means: 'It was received, with this or with something else in it.',
    says: 'This return has been received already.',
  },
  NOT_APPROVED: {
    means: 'It was not approved yet.',
    says: 'This return has not been approved: approve it first.',
  },
  NOT_IN_RETURN: {
    means: 'A variant that was named is not in it.',
    says: 'A variant that you named is not in this return.',
  },
  MORE_THAN_ASKED: {
    means: 'More was named than was asked to be returned.',
    says: 'You named more of a variant than was asked to be returned.',
  },
  MORE_THAN_PAID: {
    means: 'The refund is more than was paid for these units.',
    says: 'The refund is more than was paid for these units. Leave it out to give back exactly that.',
  },
  WRONG_CURRENCY: {
    means: 'The refund is in another currency than was paid.',
    says: 'These units were paid in another currency. Leave the refund out to give back exactly that.',
  },
  REASON_MISSING: {
    means: 'Less goes back than was paid, and nobody said why.',
    says: 'Less would go back than was paid: say why in `reason`.',
  },
} as const satisfies Codes<string>;

const RequestReturnRefusalCode = enumOf(
  'RequestReturnRefusalCode',
  'Why no return was made.',
  requestReturnCodes,
);
const ReturnRefusalCode = enumOf('ReturnRefusalCode', 'Why the return was not changed.', returnCodes);

const blamed = 'The argument that is to blame; null when none alone is.';

@ObjectType({ implements: Refusal, description: 'Nothing is to be returned.' })
export class RequestReturnRefusal extends Refusal {
  @Field(() => RequestReturnRefusalCode, { description: 'To act on.' })
  code!: keyof typeof requestReturnCodes;

  @Field(() => String, { nullable: true, description: blamed })
  field!: string | null;
}

@ObjectType({ implements: Refusal, description: 'The return is as it was.' })
export class ReturnRefusal extends Refusal {
  @Field(() => ReturnRefusalCode, { description: 'To act on.' })
  code!: keyof typeof returnCodes;

  @Field(() => String, { nullable: true, description: blamed })
  field!: string | null;
}

export const requestReturnRefusal = blaming(refusalOf('RequestReturnRefusal', requestReturnCodes), {
  NOT_FOUND: 'input.shipmentId',
  NOT_DELIVERED: 'input.shipmentId',
  TOO_LATE: 'input.shipmentId',
  TOO_MANY_RETURNS: 'input.shipmentId',
  NOT_IN_SHIPMENT: 'input.lines',
  MORE_THAN_LEFT: 'input.lines',
  IDEMPOTENCY_MISMATCH: 'input.idempotencyKey',
});
export const returnRefusal = blaming(refusalOf('ReturnRefusal', returnCodes), {
  NOT_IN_RETURN: 'input.lines',
  MORE_THAN_ASKED: 'input.lines',
  MORE_THAN_PAID: 'input.refund',
  WRONG_CURRENCY: 'input.refund',
  REASON_MISSING: 'input.reason',
});
