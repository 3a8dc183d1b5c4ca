import { DateTimeScalar } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { PaymentMethodView } from '../../application/views.ts';

export enum PaymentMethodStatus {
  PENDING = 'PENDING',
  ACTIVE = 'ACTIVE',
  EXPIRED = 'EXPIRED',
  REMOVED = 'REMOVED',
}

registerEnumType(PaymentMethodStatus, {
  name: 'PaymentMethodStatus',
  description: 'Whether a payment method pays.',
  valuesConfig: {
    PENDING: { description: 'The card provider has not answered yet; it does not pay until it has.' },
    ACTIVE: { description: 'It pays.' },
    EXPIRED: { description: 'The card has expired: it does not pay.' },
    REMOVED: { description: 'You removed it: it does not pay, and nothing is kept of it.' },
  },
});

@ObjectType({
  description: 'A card that you keep with the card provider. Its number is not known here.',
})
export class PaymentMethod {
  readonly __typename = 'PaymentMethod';

  @Field(() => ID, { description: 'Opaque; what an order or a top-up is paid with.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Your own word for it.' })
  label!: string | null;

  @Field(() => String, { nullable: true, description: 'As the provider says, such as "visa".' })
  brand!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The last four digits, as the provider says.',
  })
  last4!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The month in which it is good for the last time, 1 to 12; null where it does not expire.',
  })
  expiryMonth!: number | null;

  @Field(() => Int, { nullable: true, description: 'The year of that month, such as 2030.' })
  expiryYear!: number | null;

  @Field(() => PaymentMethodStatus, { description: 'Whether it pays.' })
  status!: `${PaymentMethodStatus}`;

  @Field(() => Boolean, {
    description: 'Which one to offer first. Exactly one is, when any is ACTIVE or EXPIRED.',
  })
  isDefault!: boolean;

  @Field(() => DateTimeScalar, { description: 'When you added it.' })
  addedAt!: string;
}

export const showMethod = ({ userId: _, expiry, ...method }: PaymentMethodView): PaymentMethod => ({
  __typename: 'PaymentMethod',
  ...method,
  expiryMonth: expiry?.month ?? null,
  expiryYear: expiry?.year ?? null,
});
