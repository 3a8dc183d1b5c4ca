import { CurrencyCodeScalar } from '@emporium/subgraph';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';

/** How a user may be reached for what they did not ask for. */
export enum ContactChannel {
  EMAIL = 'EMAIL',
  SMS = 'SMS',
  PUSH = 'PUSH',
}

registerEnumType(ContactChannel, {
  name: 'ContactChannel',
  description: 'A way to tell a user what they did not ask for.',
  valuesConfig: {
    EMAIL: { description: 'To the e-mail address of the account.' },
    SMS: { description: 'To a telephone.' },
    PUSH: { description: 'By a notification of an app or a browser.' },
  },
});

@ObjectType('Preferences', { description: 'How somebody wants to be addressed: for themself alone.' })
export class PreferencesType {
  @Field(() => String, { description: 'A BCP 47 language tag, such as "en-GB".' })
  locale!: string;

  @Field(() => CurrencyCodeScalar, {
    description: 'What prices are to be shown in, where there is a choice.',
  })
  currency!: string;

  @Field(() => [ContactChannel], {
    description: 'How they may be reached, each once; none is a choice, too.',
  })
  channels!: readonly string[];
}

@InputType({ description: 'What is to change; what is left out or null stays.' })
export class PreferencesInput {
  @Field(() => String, { nullable: true, description: 'A BCP 47 language tag, such as "en-GB".' })
  locale!: string | null;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'An ISO 4217 currency code.' })
  currency!: string | null;

  @Field(() => [ContactChannel], {
    nullable: true,
    description: 'All the ways to reach you; `[]` for none.',
  })
  channels!: ContactChannel[] | null;
}
