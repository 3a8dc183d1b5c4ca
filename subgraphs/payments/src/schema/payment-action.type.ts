import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { BuyerAction } from '../domain/payment.ts';

/** How a buyer does what their bank wants of them. */
export enum PaymentActionType {
  REDIRECT = 'REDIRECT',
  PROVIDER_SCRIPT = 'PROVIDER_SCRIPT',
}

registerEnumType(PaymentActionType, {
  name: 'PaymentActionType',
  description: 'How a buyer does what their bank wants of them.',
  valuesConfig: {
    REDIRECT: { description: 'Go to `url`; it leads back to the shop.' },
    PROVIDER_SCRIPT: {
      description:
        "Give `clientSecret` to the card provider's own script, which asks the buyer on the page.",
    },
  },
});

@ObjectType({ description: 'What the buyer must do before their card pays.' })
export class PaymentAction {
  @Field(() => PaymentActionType, { description: 'How it is done.' })
  type!: `${PaymentActionType}`;

  @Field(() => String, { nullable: true, description: 'Where to go; null when there is nowhere to go.' })
  url!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "For the card provider's script; null when there is a `url`. Whoever has it can act for the buyer: it is not for logs.",
  })
  clientSecret!: string | null;
}

export const showAction = ({ url, clientSecret }: BuyerAction): PaymentAction => ({
  ...{ url, clientSecret },
  type: url === null ? 'PROVIDER_SCRIPT' : 'REDIRECT',
});
