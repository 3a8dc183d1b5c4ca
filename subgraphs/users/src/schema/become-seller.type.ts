import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { SellerType } from './seller.type.ts';

@InputType({ description: 'How a user wants to sell.' })
export class BecomeSellerInput {
  @Field(() => String, { description: 'The name of the shop, 1 to 100 characters; everybody sees it.' })
  displayName!: string;
}

export enum SellerRefusalCode {
  ALREADY_A_SELLER = 'ALREADY_A_SELLER',
}

registerEnumType(SellerRefusalCode, {
  name: 'SellerRefusalCode',
  description: 'Why a user did not become a seller.',
  valuesConfig: { ALREADY_A_SELLER: { description: 'The account sells already; it has one shop.' } },
});

@ObjectType({ implements: Refusal, description: 'Why a user did not become a seller.' })
export class SellerRefusal extends Refusal {
  readonly __typename = 'SellerRefusal';

  @Field(() => SellerRefusalCode, { description: 'What to act on.' })
  code!: SellerRefusalCode;
}

export const SellerResult = createUnionType({
  name: 'SellerResult',
  description: 'The new seller, or why there is none.',
  types: () => [SellerType, SellerRefusal] as const,
  resolveType,
});
