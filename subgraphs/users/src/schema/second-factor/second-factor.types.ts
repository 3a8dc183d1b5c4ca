import { Field, InputType, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How an account is protected beside its password.' })
export class SecondFactor {
  readonly __typename = 'SecondFactor';

  @Field(() => Boolean, { description: 'Whether signing in needs a one-time code.' })
  isOn!: boolean;

  @Field(() => Int, { description: 'Recovery codes that were not used yet.' })
  recoveryCodesLeft!: number;
}

@ObjectType({ description: 'What an app that makes one-time codes needs. It is shown once.' })
export class TotpEnrolment {
  readonly __typename = 'TotpEnrolment';

  @Field(() => String, { description: 'Base 32, to type into an app that cannot read the picture.' })
  secret!: string;

  @Field(() => String, { description: 'The same with its setting: `otpauth://totp/…`' })
  uri!: string;

  @Field(() => String, { description: 'The `uri` as a QR code: a PNG in a `data:` URL.' })
  qrCode!: string;
}

@ObjectType({ description: 'Codes for when the app is not at hand. They are shown once.' })
export class RecoveryCodes {
  readonly __typename = 'RecoveryCodes';

  @Field(() => [String], { description: 'Ten, each good once in the place of a one-time code.' })
  codes!: readonly string[];
}

@InputType({ description: 'A proof of who one is.' })
export class ProveIdentityInput {
  @Field(() => String, { description: "The account's password." })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A one-time code or a recovery code: needed where two-factor sign-in is on.',
  })
  totp!: string | null;
}
