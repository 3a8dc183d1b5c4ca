import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType('Seller', { description: entityDescriptions.Seller })
export class SellerType {
  readonly __typename = 'Seller';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The name of the shop.' })
  displayName!: string;
}
