import { DateTimeScalar, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { SignInProviderType } from './sign-in.types.ts';

@ObjectType('LinkedIdentity', { description: 'An account at a provider that signs the viewer in here.' })
export class LinkedIdentityType {
  readonly __typename = 'LinkedIdentity';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => SignInProviderType, { description: 'Who vouches for it.' })
  provider!: SignInProviderType;

  @Field(() => DateTimeScalar, { description: 'Since when.' })
  linkedAt!: string;

  @Field(() => DateTimeScalar, { description: 'When it last signed the viewer in, or was linked.' })
  lastUsedAt!: string;
}

export enum IdentityRefusalCode {
  SIGN_IN_EXPIRED = 'SIGN_IN_EXPIRED',
  SIGN_IN_REJECTED = 'SIGN_IN_REJECTED',
  LINKED_ALREADY = 'LINKED_ALREADY',
  LINKED_ELSEWHERE = 'LINKED_ELSEWHERE',
  EMAIL_NOT_VERIFIED = 'EMAIL_NOT_VERIFIED',
  NOT_FOUND = 'NOT_FOUND',
  LAST_WAY_IN = 'LAST_WAY_IN',
}

registerEnumType(IdentityRefusalCode, {
  name: 'IdentityRefusalCode',
  description: 'Why an identity was not linked, or not unlinked.',
  valuesConfig: {
    SIGN_IN_EXPIRED: {
      description:
        'There is no such sign-in of the viewer: it took more than 10 minutes, was completed, or began elsewhere or before they logged in.',
    },
    SIGN_IN_REJECTED: {
      description: "The provider's answer does not prove who it is, or is not for this sign-in.",
    },
    LINKED_ALREADY: { description: "It is linked to the viewer's account already." },
    LINKED_ELSEWHERE: { description: 'It is linked to another account.' },
    EMAIL_NOT_VERIFIED: {
      description:
        "The address of the viewer's account is not verified, and the provider does not vouch for the same one.",
    },
    NOT_FOUND: { description: "There is no such identity, or it is not the viewer's." },
    LAST_WAY_IN: { description: 'Without it nothing would sign the viewer in. Set a password first.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why an identity was not linked, or not unlinked.' })
export class IdentityRefusal extends Refusal {
  readonly __typename = 'IdentityRefusal';

  @Field(() => IdentityRefusalCode, { description: 'What to act on.' })
  code!: IdentityRefusalCode;
}

export const LinkedIdentityResult = createUnionType({
  name: 'LinkedIdentityResult',
  description: 'The identity that was linked or unlinked, or why it was not.',
  types: () => [LinkedIdentityType, IdentityRefusal] as const,
  resolveType,
});
