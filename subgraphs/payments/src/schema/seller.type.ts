import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: entityDescriptions.Seller })
export class Seller {
  /** Of a union's member only. */
  readonly __typename?: 'Seller';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
