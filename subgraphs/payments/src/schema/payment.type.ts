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

/** Why a payment is DECLINED. */
export enum DeclineReason {
  CARD_DECLINED = 'CARD_DECLINED',
  INSUFFICIENT_FUNDS = 'INSUFFICIENT_FUNDS',
  PROVIDER_ERROR = 'PROVIDER_ERROR',
  METHOD_NOT_FOUND = 'METHOD_NOT_FOUND',
  METHOD_REMOVED = 'METHOD_REMOVED',
  METHOD_EXPIRED = 'METHOD_EXPIRED',
  TOKEN_UNREADABLE = 'TOKEN_UNREADABLE',
}

registerEnumType(DeclineReason, {
  name: 'DeclineReason',
  description: 'Why a payment was declined.',
  valuesConfig: {
    CARD_DECLINED: { description: 'The card did not pay, or there was none.' },
    INSUFFICIENT_FUNDS: { description: 'The wallet held less.' },
    PROVIDER_ERROR: { description: 'The card provider does not take such payments.' },
    METHOD_NOT_FOUND: {
      description: 'There was no such payment method of the buyer’s: no card was asked.',
    },
    METHOD_REMOVED: {
      description: 'The buyer removed the payment method before it was to pay: no card was asked.',
    },
    METHOD_EXPIRED: { description: 'The saved card had expired: it was not asked.' },
    TOKEN_UNREADABLE: {
      description:
        'The card’s token reached us in a form that we cannot read: no card was asked. It is not the buyer’s doing.',
    },
  },
});

@ObjectType({ description: 'The payment of one order.' })
export class Payment {
  /** Not fields: whose it is, and that it is shown to the guest who sent the order's token. */
  buyerId!: string;
  byToken!: boolean;

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

  @Field(() => DeclineReason, {
    nullable: true,
    description: 'Why it was declined; null unless it was. For its buyer, SUPPORT and ADMIN.',
  })
  declineReason!: `${DeclineReason}` | null;

  @Field(() => MoneyType, { description: 'What has gone back to the buyer so far.' })
  refunded!: MoneyType;
}
