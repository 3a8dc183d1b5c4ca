import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'An account; the users subgraph owns it.' })
export class User {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
