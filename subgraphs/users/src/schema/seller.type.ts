import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType('Seller', { description: 'The public profile of a user who sells.' })
export class SellerType {
  readonly __typename = 'Seller';

  @Field(() => ID, { description: "Opaque; the user's own id." })
  id!: string;

  @Field(() => String, { description: 'The name of the shop.' })
  displayName!: string;
}
