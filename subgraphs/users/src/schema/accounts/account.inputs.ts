import { Field, InputType } from 'type-graphql';

const newPassword =
  '10 to 128 characters of any kind; none that many have or that is made of your name or address.';

@InputType({ description: 'A new password for whoever has the link to set it.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The token of the mail.' })
  token!: string;

  @Field(() => String, { description: newPassword })
  newPassword!: string;
}

@InputType({ description: 'A new password for whoever knows the present one.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The present one.' })
  currentPassword!: string;

  @Field(() => String, { description: newPassword })
  newPassword!: string;
}

@InputType({ description: 'A new e-mail address.' })
export class ChangeEmailInput {
  @Field(() => String, { description: 'Where the link to confirm it goes.' })
  newEmail!: string;

  @Field(() => String, { description: "The account's password." })
  password!: string;
}
