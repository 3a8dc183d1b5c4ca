/** Entities that other subgraphs own; orders only points at them, or adds fields. */
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('ProductVariant', { description: 'One buyable variant of a product.' })
export class VariantStub {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Seller', { description: 'Somebody who sells.' })
export class SellerStub {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('User', { description: 'Somebody with an account.' })
export class UserStub {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
