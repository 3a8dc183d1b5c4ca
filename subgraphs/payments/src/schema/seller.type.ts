import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: entityDescriptions.Seller })
export class Seller {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
