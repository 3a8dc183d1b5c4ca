import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Somebody who sells; the users subgraph owns it.' })
export class Seller {
  @Field(() => ID, { description: 'Opaque; the id of the seller’s user.' })
  id!: string;
}
