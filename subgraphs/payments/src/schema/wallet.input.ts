import { MoneyInput } from '@emporium/subgraph';
import { Field, ID, InputType } from 'type-graphql';

const keyDescription =
  'Chosen by the client, 1 to 100 characters, new for each wish: sending it again gives the first answer again.';

@InputType({ description: 'Money to pay in from a card.' })
export class TopUpInput {
  @Field(() => MoneyInput, { description: 'How much, above zero; its currency says which wallet.' })
  amount!: MoneyInput;

  @Field(() => String, {
    nullable: true,
    description:
      "The card provider's token for the card, up to 200 characters: this, or `paymentMethodId`, and not both.",
  })
  token?: string | null;

  @Field(() => ID, { nullable: true, description: 'A card that you keep, of `User.paymentMethods`.' })
  paymentMethodId?: string | null;

  @Field(() => String, { description: keyDescription })
  idempotencyKey!: string;
}

@InputType({ description: 'Where what is taken out of your wallets goes.' })
export class PayoutAccountInput {
  @Field(() => String, {
    description:
      'Your own account at Stripe, connected to this marketplace: `acct_` and letters and digits.',
  })
  account!: string;
}

@InputType({ description: 'Money to pay out.' })
export class WithdrawInput {
  @Field(() => MoneyInput, { description: 'How much, above zero; its currency says which wallet.' })
  amount!: MoneyInput;

  @Field(() => String, { description: keyDescription })
  idempotencyKey!: string;
}
