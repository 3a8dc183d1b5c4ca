import { MoneyInput } from '@emporium/subgraph';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What is given up of what somebody owes the marketplace.' })
export class WriteOffClaimInput {
  @Field(() => ID, { description: 'Who owes it.' })
  userId!: string;

  @Field(() => MoneyInput, {
    description: 'How much, above zero and at most what is owed; its currency says of which wallet.',
  })
  amount!: MoneyInput;

  @Field(() => String, { description: 'Why, for whoever reads the books: 1 to 500 characters.' })
  reason!: string;

  @Field(() => String, {
    description:
      'Chosen by the client, 1 to 100 characters, new for each wish: sending it again gives the first answer again.',
  })
  idempotencyKey!: string;
}
