import { MoneyType } from '@emporium/subgraph';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

import { PaymentAction } from './payment-action.type.ts';

/** What a client sees of a payment; that a capture is under way looks like PENDING. */
export enum PaymentStatus {
  PENDING = 'PENDING',
  CAPTURED = 'CAPTURED',
  DECLINED = 'DECLINED',
  VOIDED = 'VOIDED',
  PARTIALLY_REFUNDED = 'PARTIALLY_REFUNDED',
  REFUNDED = 'REFUNDED',
}

registerEnumType(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'How far a payment has come.',
  valuesConfig: {
    PENDING: { description: 'Asked for; the money is not here yet.' },
    CAPTURED: { description: 'The money is here: in escrow, or already with the sellers.' },
    DECLINED: { description: 'The card or the wallet did not pay; no money was taken.' },
    VOIDED: { description: 'The order ended before it was paid; no money was taken.' },
    PARTIALLY_REFUNDED: { description: 'Part of the money went back to the buyer.' },
    REFUNDED: { description: 'All of the money went back to the buyer.' },
  },
});

@ObjectType({ description: 'The payment of one order.' })
export class Payment {
  /** Not a field: whose it is. */
  buyerId!: string;

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => PaymentStatus, { description: 'How far it has come.' })
  status!: `${PaymentStatus}`;

  @Field(() => MoneyType, { description: 'What the order costs.' })
  amount!: MoneyType;

  @Field(() => PaymentAction, {
    nullable: true,
    description:
      'What you must do before your card pays; null when there is nothing, and for everybody else. The order waits for it for a while.',
  })
  nextAction!: PaymentAction | null;

  @Field(() => MoneyType, { description: 'What has gone back to the buyer so far.' })
  refunded!: MoneyType;
}
