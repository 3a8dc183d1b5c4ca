import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'An order; the orders subgraph owns it.' })
export class Order {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
