import { MoneyInput } from '@emporium/subgraph';
import { Field, InputType } from 'type-graphql';

const keyDescription =
  'Chosen by the client, 1 to 100 characters, new for each wish: sending it again gives the first answer again.';

@InputType({ description: 'Money to pay in from a card.' })
export class TopUpInput {
  @Field(() => MoneyInput, { description: 'How much, above zero; its currency says which wallet.' })
  amount!: MoneyInput;

  @Field(() => String, { description: "The card provider's token for the card." })
  token!: string;

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
