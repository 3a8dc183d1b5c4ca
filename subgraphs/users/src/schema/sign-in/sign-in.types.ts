import { DateTimeScalar } from '@emporium/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';

@ObjectType('SignInProvider', { description: 'Somebody else whose word we take for who a person is.' })
export class SignInProviderType {
  @Field(() => ID, { description: 'What `beginSignIn` wants.' })
  id!: string;

  @Field(() => String, { description: 'What people call it: "Sign in with …".' })
  name!: string;
}

@ObjectType({ description: 'A sign-in that has begun, and can be completed once, by whoever began it.' })
export class SignInBeginning {
  @Field(() => String, { description: "The provider's page to send the person to." })
  authorizationUrl!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Keep it in the app and give it to `completeSignIn`; never put it on a URL. Null when the browser keeps it in a cookie (`x-emporium-session: cookie`).',
  })
  binding!: string | null;

  @Field(() => DateTimeScalar, { description: 'Until when it can be completed: 10 minutes.' })
  expiresAt!: string;
}

@InputType({ description: 'What the provider sent along with the person whom it sent back.' })
export class CompleteSignInInput {
  @Field(() => String, { description: 'The parameter `code` of the page that they came back to.' })
  code!: string;

  @Field(() => String, { description: 'The parameter `state`.' })
  state!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The parameter `iss`, where the provider sent one: without it, its answer may be rejected.',
  })
  iss!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'From `beginSignIn`; without it, the one in the cookie.',
  })
  binding!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For `completeSignIn`: a one-time or a recovery code, where the account has them. After TOTP_REQUIRED or TOTP_INVALID the same input is good again with one.',
  })
  totp!: string | null;
}
