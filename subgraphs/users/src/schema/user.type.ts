import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType('User', {
  description: entityDescriptions.User,
})
export class UserType {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'What they want to be called.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where they get mail: for themself and administrators, else null.',
  })
  email!: string | null;

  /** Not a field: shown to themself, who has no token yet. */
  justSignedIn?: true;
}
