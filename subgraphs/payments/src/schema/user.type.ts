import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: entityDescriptions.User })
export class User {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
