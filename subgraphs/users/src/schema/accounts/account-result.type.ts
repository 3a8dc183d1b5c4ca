import { DateTimeScalar, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserType } from '../user.type.ts';

export enum AccountRefusalCode {
  TOKEN_INVALID = 'TOKEN_INVALID',
  SIGN_IN_REQUIRED = 'SIGN_IN_REQUIRED',
  WRONG_PASSWORD = 'WRONG_PASSWORD',
  TOTP_REQUIRED = 'TOTP_REQUIRED',
  TOTP_INVALID = 'TOTP_INVALID',
  EMAIL_TAKEN = 'EMAIL_TAKEN',
  ALREADY_VERIFIED = 'ALREADY_VERIFIED',
  SHOP_OPEN = 'SHOP_OPEN',
  NOT_FOUND = 'NOT_FOUND',
}

registerEnumType(AccountRefusalCode, {
  name: 'AccountRefusalCode',
  description: 'Why an account stayed as it was.',
  valuesConfig: {
    TOKEN_INVALID: {
      description:
        'No such token is good: it is unknown, used, expired, or ended by a later one. Ask for another.',
    },
    SIGN_IN_REQUIRED: {
      description:
        'The link is for an account that you are not signed in to. Log in to it, or send its password along; the link stays good.',
    },
    WRONG_PASSWORD: { description: 'That is not the password of the account, or it has none.' },
    TOTP_REQUIRED: {
      description:
        'The account has one-time codes, and this session has shown none: send one with the password.',
    },
    TOTP_INVALID: { description: 'The code is wrong, or was used before.' },
    EMAIL_TAKEN: { description: 'The e-mail address has an account.' },
    ALREADY_VERIFIED: { description: 'The e-mail address is verified; there is nothing to ask for.' },
    SHOP_OPEN: { description: 'The account sells. An administrator closes the shop first.' },
    NOT_FOUND: { description: 'There is no such account.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why an account stayed as it was.' })
export class AccountRefusal extends Refusal {
  readonly __typename = 'AccountRefusal';

  @Field(() => AccountRefusalCode, { description: 'What to act on.' })
  code!: AccountRefusalCode;
}

export const AccountResult = createUnionType({
  name: 'AccountResult',
  description: 'The account as it is now, or why it stayed as it was.',
  types: () => [UserType, AccountRefusal] as const,
  resolveType,
});

@ObjectType({ description: 'What the service for users holds about the viewer.' })
export class DataExport {
  @Field(() => String, {
    description:
      'A JSON document, in English names: account, shop, sessions, security events. What orders and payments hold is in the graph: `me { orders cart wallet }`.',
  })
  json!: string;

  @Field(() => DateTimeScalar, { description: 'The moment that it tells of.' })
  at!: string;
}
