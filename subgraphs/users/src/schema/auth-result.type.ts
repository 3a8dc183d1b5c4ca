import { DateTimeScalar, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserType } from './user.type.ts';

@ObjectType({ description: 'A signed-in session.' })
export class AuthSession {
  readonly __typename = 'AuthSession';

  @Field(() => String, {
    description: 'Send it as `Authorization: Bearer <accessToken>`, over WebSocket in `connection_init`.',
  })
  accessToken!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Good once, for 30 days, to get the next pair from `refreshSession`. Null when the session is kept in cookies (`x-emporium-session: cookie`).',
  })
  refreshToken!: string | null;

  @Field(() => DateTimeScalar, { description: 'When the access token expires.' })
  expiresAt!: string;

  @Field(() => UserType, { description: 'Who is signed in.' })
  user!: UserType;

  @Field(() => String, {
    nullable: true,
    description: 'After `completeSignIn`: the page to go on to, one of our own. Null otherwise.',
  })
  returnTo?: string | null;
}

export enum AuthRefusalCode {
  EMAIL_TAKEN = 'EMAIL_TAKEN',
  INVALID_CREDENTIALS = 'INVALID_CREDENTIALS',
  ACCOUNT_DEACTIVATED = 'ACCOUNT_DEACTIVATED',
  TOTP_REQUIRED = 'TOTP_REQUIRED',
  TOTP_INVALID = 'TOTP_INVALID',
  SESSION_EXPIRED = 'SESSION_EXPIRED',
  SESSION_REVOKED = 'SESSION_REVOKED',
  SIGN_IN_EXPIRED = 'SIGN_IN_EXPIRED',
  SIGN_IN_REJECTED = 'SIGN_IN_REJECTED',
  LINK_REQUIRED = 'LINK_REQUIRED',
}

registerEnumType(AuthRefusalCode, {
  name: 'AuthRefusalCode',
  description: 'Why nobody was signed in.',
  valuesConfig: {
    EMAIL_TAKEN: { description: 'The e-mail address has an account already.' },
    INVALID_CREDENTIALS: { description: 'No account has this e-mail address and this password.' },
    ACCOUNT_DEACTIVATED: {
      description:
        'Its owner deactivated the account. A link to have it back has been sent to its e-mail address.',
    },
    TOTP_REQUIRED: { description: 'The password is right, and a one-time code is needed too: `totp`.' },
    TOTP_INVALID: {
      description:
        'The one-time or recovery code is wrong, or was used before. It counts as a failed attempt.',
    },
    SESSION_EXPIRED: { description: 'There is no such session, or it was not used for 30 days.' },
    SESSION_REVOKED: {
      description: 'The session was ended: by a logout, or because its token was used twice.',
    },
    SIGN_IN_EXPIRED: {
      description:
        'There is no such sign-in with a provider: it took more than 10 minutes, was completed, or began elsewhere.',
    },
    SIGN_IN_REJECTED: {
      description: "The provider's answer does not prove who it is, or is not for this sign-in.",
    },
    LINK_REQUIRED: {
      description:
        'No account is linked, and the e-mail address cannot say which is meant, because the provider has not verified it. Log in with the password and call `linkIdentity`, or register.',
    },
  },
});

@ObjectType({ implements: Refusal, description: 'Why nobody was signed in.' })
export class AuthRefusal extends Refusal {
  readonly __typename = 'AuthRefusal';

  @Field(() => AuthRefusalCode, { description: 'What to act on.' })
  code!: AuthRefusalCode;
}

export const AuthResult = createUnionType({
  name: 'AuthResult',
  description: 'A session, or why there is none.',
  types: () => [AuthSession, AuthRefusal] as const,
  resolveType,
});
