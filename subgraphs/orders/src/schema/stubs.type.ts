/** Entities that other subgraphs own; orders only points at them, or adds fields. */
import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('ProductVariant', { description: entityDescriptions.ProductVariant })
export class VariantStub {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Seller', { description: entityDescriptions.Seller })
export class SellerStub {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('User', { description: entityDescriptions.User })
export class UserStub {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
