import { connectionOf, DateTimeScalar, MoneyType } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Disposition, ReturnReason, ReturnStatus } from '../../domain/return.ts';

export const ReturnStatusEnum: { readonly [Each in ReturnStatus]: Each } = {
  REQUESTED: 'REQUESTED',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  WITHDRAWN: 'WITHDRAWN',
  RECEIVED: 'RECEIVED',
  REFUNDED: 'REFUNDED',
};

registerEnumType(ReturnStatusEnum, {
  name: 'ReturnStatus',
  description: 'How far a return has come.',
  valuesConfig: {
    REQUESTED: { description: 'The buyer asked; the seller is to say yes or no.' },
    APPROVED: { description: 'The seller waits for it.' },
    REJECTED: { description: 'The seller does not take it back. Its units may be asked for again.' },
    WITHDRAWN: { description: 'The buyer keeps it after all. Its units may be asked for again.' },
    RECEIVED: { description: 'It came back; its money is on its way.' },
    REFUNDED: { description: 'Its money is the buyer’s again, if any was to go back.' },
  },
});

export const ReturnReasonEnum: { readonly [Each in ReturnReason]: Each } = {
  DAMAGED: 'DAMAGED',
  WRONG_ITEM: 'WRONG_ITEM',
  NOT_AS_DESCRIBED: 'NOT_AS_DESCRIBED',
  UNWANTED: 'UNWANTED',
  OTHER: 'OTHER',
};

registerEnumType(ReturnReasonEnum, {
  name: 'ReturnReason',
  description: 'Why something is sent back.',
  valuesConfig: {
    DAMAGED: { description: 'It is broken, or does not work.' },
    WRONG_ITEM: { description: 'It is not what was ordered.' },
    NOT_AS_DESCRIBED: { description: 'It is not what was promised.' },
    UNWANTED: { description: 'It is not wanted any more.' },
    OTHER: { description: 'Something else: the comment may say what.' },
  },
});

export const ReturnDispositionEnum: { readonly [Each in Disposition]: Each } = {
  RESTOCK: 'RESTOCK',
  WRITE_OFF: 'WRITE_OFF',
};

registerEnumType(ReturnDispositionEnum, {
  name: 'ReturnDisposition',
  description: 'What happens to units that came back.',
  valuesConfig: {
    RESTOCK: { description: 'They can be sold again.' },
    WRITE_OFF: { description: 'They cannot.' },
  },
});

@ObjectType('ReturnLine', { description: 'So many of one variant in a return.' })
export class ReturnLineType {
  /** Not a field: leads to the variant. */
  variantId!: string;

  @Field(() => Int, { description: 'How many were asked to be returned.' })
  quantity!: number;

  @Field(() => Int, { description: 'How many came back and can be sold again.' })
  restocked!: number;

  @Field(() => Int, { description: 'How many came back and cannot be sold again.' })
  writtenOff!: number;
}

@ObjectType('Return', { description: 'What a buyer sends back of one shipment.' })
export class OrderReturnType {
  /** Not fields: they lead to the order and its seller. */
  orderId!: string;
  sellerId!: string;

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ID, { description: 'The shipment that it was in.' })
  shipmentId!: string;

  @Field(() => ReturnStatusEnum, { description: 'How far it has come.' })
  status!: ReturnStatus;

  @Field(() => ReturnReasonEnum, { description: 'Why.' })
  reason!: ReturnReason;

  @Field(() => String, {
    nullable: true,
    description: 'What the buyer said of it; null where nothing was said, and once it has been erased.',
  })
  comment!: string | null;

  @Field(() => [ReturnLineType], { description: 'What is in it.' })
  lines!: ReturnLineType[];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What goes back to the buyer; null until it is received.',
  })
  refund!: MoneyType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the seller rejected it, or gave back less than was paid; null once it has been erased.',
  })
  sellerComment!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  requestedAt!: string;

  @Field(() => DateTimeScalar, { description: 'Since when it is in its present status.' })
  changedAt!: string;
}

export const ReturnConnection = connectionOf('Return', () => OrderReturnType);
