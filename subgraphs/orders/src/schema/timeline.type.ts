import { DateTimeScalar, MoneyType } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export const PurchaseStepEnum = { RESERVE: 'RESERVE', PAY: 'PAY', REFUND: 'REFUND' } as const;

registerEnumType(PurchaseStepEnum, {
  name: 'PurchaseStep',
  description: 'A step of a purchase that somebody owes an answer to.',
  valuesConfig: {
    RESERVE: { description: 'The stock is to be set aside.' },
    PAY: { description: 'The payment is to be taken.' },
    REFUND: { description: 'What was paid for an order that came to nothing is to go back.' },
  },
});

const TimelineActorEnum = { BUYER: 'BUYER', SELLER: 'SELLER', ADMIN: 'ADMIN', SYSTEM: 'SYSTEM' } as const;

registerEnumType(TimelineActorEnum, {
  name: 'OrderTimelineActor',
  description: 'In what role somebody did something to an order.',
  valuesConfig: {
    BUYER: { description: 'Who bought it.' },
    SELLER: { description: 'Whose shipment it is.' },
    ADMIN: { description: 'An administrator, for one of them.' },
    SYSTEM: { description: 'Nobody: an answer came, or time ran out.' },
  },
});

@ObjectType('OrderTimelineEntry', { description: 'One thing that happened to an order.' })
export class OrderTimelineEntryType {
  /** Not fields: they lead to whom and what the entry is about. */
  userId!: string | null;

  @Field(() => Int, {
    description:
      'Rises by one with each entry; the last is the order’s version. A seller misses those that concern only others.',
  })
  sequence!: number;

  @Field(() => String, {
    description:
      'What happened: Placed, StockReserved, BackorderFilled, Confirmed, ShipmentShipped, ReturnRequested, AskedAgain, …; more may come.',
  })
  type!: string;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: string;

  @Field(() => TimelineActorEnum, { description: 'In what role it was done.' })
  actor!: keyof typeof TimelineActorEnum;

  @Field(() => String, {
    nullable: true,
    description:
      'Why: the code of a failure or a return, or what was said; what was said when the order was called off its sellers do not see.',
  })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'More about it, for people to read.' })
  detail!: string | null;

  @Field(() => PurchaseStepEnum, {
    nullable: true,
    description: 'The step of the purchase that it belongs to.',
  })
  step!: keyof typeof PurchaseStepEnum | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How often the step had been asked for, when it was again.',
  })
  attempt!: number | null;

  @Field(() => ID, { nullable: true, description: 'The shipment that it is about.' })
  shipmentId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The return that it is about.' })
  returnId!: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'What went back; for sellers of what is theirs.' })
  amount!: MoneyType | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Opaque: the message that led to it; null when a person or the clock did.',
  })
  causationId!: string | null;

  @Field(() => ID, {
    description: 'Opaque: the same for everything that belongs to one purchase, in all services.',
  })
  correlationId!: string;
}
