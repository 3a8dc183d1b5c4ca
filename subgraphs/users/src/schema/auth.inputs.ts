import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, { description: 'At most 254 characters; capitals do not matter. One account each.' })
  email!: string;

  @Field(() => String, { description: '10 to 128 characters of any kind.' })
  password!: string;

  @Field(() => String, {
    description: 'What to call you, 1 to 100 characters. Sellers you order from see it.',
  })
  name!: string;
}

@InputType({ description: 'The way into an account.' })
export class LoginInput {
  @Field(() => String, { description: 'As registered; capitals do not matter.' })
  email!: string;

  @Field(() => String, { description: "The account's password." })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'A one-time code of six digits, or a recovery code: only needed once two-factor sign-in is on. Each is good once.',
  })
  totp!: string | null;
}
