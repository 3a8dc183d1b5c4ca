import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A card to keep. What it is, the card provider tells.' })
export class AddPaymentMethodInput {
  @Field(() => String, {
    description:
      "The card provider's token for the card, up to 200 characters; never its number. The provider gives another for it, which is kept sealed.",
  })
  token!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Your own word for it, up to 50 characters, without the card’s number.',
  })
  label?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it becomes the default. The first one does anyway.',
  })
  makeDefault?: boolean | null;

  @Field(() => String, {
    description:
      'Chosen by the client, 1 to 100 characters, new for each wish: sending it again gives the same method again.',
  })
  idempotencyKey!: string;
}
