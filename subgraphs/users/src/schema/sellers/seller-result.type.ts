import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { SellerType } from './seller.type.ts';

@InputType({ description: 'How a user wants to sell.' })
export class BecomeSellerInput {
  @Field(() => String, { description: 'The name of the shop, 1 to 100 characters; everybody sees it.' })
  displayName!: string;
}

export enum SellerRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  EMAIL_NOT_VERIFIED = 'EMAIL_NOT_VERIFIED',
  ALREADY_APPLIED = 'ALREADY_APPLIED',
  ALREADY_A_SELLER = 'ALREADY_A_SELLER',
  NOT_PENDING = 'NOT_PENDING',
  NOT_ACTIVE = 'NOT_ACTIVE',
  NOT_SUSPENDED = 'NOT_SUSPENDED',
}

registerEnumType(SellerRefusalCode, {
  name: 'SellerRefusalCode',
  description: 'Why nothing changed about a seller.',
  valuesConfig: {
    NOT_FOUND: {
      description: 'There is no such seller, their account is closed, or you are no administrator.',
    },
    EMAIL_NOT_VERIFIED: { description: 'Who sells has proven that their e-mail address is theirs.' },
    ALREADY_APPLIED: { description: 'The account has applied; an administrator has not decided yet.' },
    ALREADY_A_SELLER: { description: 'The account has a shop already, open or suspended.' },
    NOT_PENDING: { description: 'There is no application to decide on.' },
    NOT_ACTIVE: { description: 'Only who sells can be suspended.' },
    NOT_SUSPENDED: { description: 'Only who is suspended can be reinstated.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why nothing changed about a seller.' })
export class SellerRefusal extends Refusal {
  readonly __typename = 'SellerRefusal';

  @Field(() => SellerRefusalCode, { description: 'What to act on.' })
  code!: SellerRefusalCode;
}

export const SellerResult = createUnionType({
  name: 'SellerResult',
  description: 'The seller as they stand now, or why nothing changed.',
  types: () => [SellerType, SellerRefusal] as const,
  resolveType,
});

const messages: Record<`${SellerRefusalCode}`, string> = {
  NOT_FOUND: 'There is no such seller, or their account is closed.',
  EMAIL_NOT_VERIFIED: 'The e-mail address of this account is not verified. Verify it first.',
  ALREADY_APPLIED: 'This account has applied already. An administrator will decide.',
  ALREADY_A_SELLER: 'This account has a shop already.',
  NOT_PENDING: 'There is no application to decide on: look at the seller’s status.',
  NOT_ACTIVE: 'This seller does not sell: there is nothing to suspend.',
  NOT_SUSPENDED: 'This seller is not suspended.',
};

/** A refusal with its words. */
export const sellerRefusal = (code: `${SellerRefusalCode}`): SellerRefusal => ({
  __typename: 'SellerRefusal',
  code: SellerRefusalCode[code],
  message: messages[code],
});
