import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { RecoveryCodes, SecondFactor, TotpEnrolment } from './second-factor.types.ts';

export enum SecondFactorRefusalCode {
  TOTP_ALREADY_ON = 'TOTP_ALREADY_ON',
  TOTP_NOT_ENROLLED = 'TOTP_NOT_ENROLLED',
  TOTP_NOT_ON = 'TOTP_NOT_ON',
  TOTP_INVALID = 'TOTP_INVALID',
  EMAIL_NOT_VERIFIED = 'EMAIL_NOT_VERIFIED',
}

registerEnumType(SecondFactorRefusalCode, {
  name: 'SecondFactorRefusalCode',
  description: 'Why the second factor stayed as it was.',
  valuesConfig: {
    TOTP_ALREADY_ON: { description: 'One-time codes are on already; switch them off first.' },
    TOTP_NOT_ENROLLED: { description: 'There is no secret to confirm: call `enrolTotp` first.' },
    TOTP_NOT_ON: { description: 'One-time codes are off.' },
    TOTP_INVALID: { description: 'The code is wrong, or was used before.' },
    EMAIL_NOT_VERIFIED: {
      description: 'One-time codes are for accounts whose e-mail address is verified.',
    },
  },
});

@ObjectType({ implements: Refusal, description: 'Why the second factor stayed as it was.' })
export class SecondFactorRefusal extends Refusal {
  readonly __typename = 'SecondFactorRefusal';

  @Field(() => SecondFactorRefusalCode, { description: 'What to act on.' })
  code!: SecondFactorRefusalCode;
}

export const EnrolTotpResult = createUnionType({
  name: 'EnrolTotpResult',
  description: 'What the app needs, or why there is nothing.',
  types: () => [TotpEnrolment, SecondFactorRefusal] as const,
  resolveType,
});

export const RecoveryCodesResult = createUnionType({
  name: 'RecoveryCodesResult',
  description: 'New recovery codes, or why there are none.',
  types: () => [RecoveryCodes, SecondFactorRefusal] as const,
  resolveType,
});

export const SecondFactorResult = createUnionType({
  name: 'SecondFactorResult',
  description: 'The second factor as it is now, or why it stayed as it was.',
  types: () => [SecondFactor, SecondFactorRefusal] as const,
  resolveType,
});

const messages: Record<SecondFactorRefusalCode, string> = {
  TOTP_ALREADY_ON: 'One-time codes are on already. Switch them off first, with `disableTotp`.',
  TOTP_NOT_ENROLLED:
    'There is nothing to confirm. Call `enrolTotp` first, and bring its secret into an app.',
  TOTP_NOT_ON: 'One-time codes are off. Switch them on first, with `enrolTotp` and `confirmTotp`.',
  TOTP_INVALID: 'This code is not good, or not any more. Send the one that the app shows now.',
  EMAIL_NOT_VERIFIED:
    'The e-mail address of this account is not verified. Follow the link that we have mailed you, or ask for another with `requestEmailVerification`.',
};

export const refusal = (code: keyof typeof SecondFactorRefusalCode): SecondFactorRefusal => ({
  __typename: 'SecondFactorRefusal',
  code: SecondFactorRefusalCode[code],
  message: messages[code],
});
