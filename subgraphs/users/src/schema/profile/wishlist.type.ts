import { DateTimeScalar, PageInfo, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserType } from '../user.type.ts';
import { ProductStub } from './product-stub.type.ts';

@ObjectType({ description: 'One product on a wishlist.' })
export class WishlistEdge {
  @Field(() => String, { description: 'Where it stands in the list.' })
  cursor!: string;

  @Field(() => ProductStub, {
    nullable: true,
    description:
      'The product; null when more than its id is asked for and nobody knows it any more, or nobody can tell.',
  })
  node!: ProductStub | null;

  @Field(() => DateTimeScalar, { description: 'When it was added.' })
  addedAt!: string;
}

@ObjectType({ description: 'A page of a wishlist.' })
export class WishlistConnection {
  @Field(() => [WishlistEdge], { description: 'The page, in order.' })
  edges!: WishlistEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo!: PageInfo;
}

export enum WishlistRefusalCode {
  WISHLIST_FULL = 'WISHLIST_FULL',
}

registerEnumType(WishlistRefusalCode, {
  name: 'WishlistRefusalCode',
  description: 'Why a product was not added.',
  valuesConfig: {
    WISHLIST_FULL: { description: 'There are 500 products on the list already: remove one first.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why a product was not added.' })
export class WishlistRefusal extends Refusal {
  readonly __typename = 'WishlistRefusal';

  @Field(() => WishlistRefusalCode, { description: 'What to act on.' })
  code!: WishlistRefusalCode;
}

export const WishlistResult = createUnionType({
  name: 'WishlistResult',
  description: 'You, with the wishlist as it is now, or why nothing was done.',
  types: () => [UserType, WishlistRefusal] as const,
  resolveType,
});
