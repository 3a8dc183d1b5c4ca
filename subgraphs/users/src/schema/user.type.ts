import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { UserView } from '../application/show-user.ts';

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

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether they have shown that they read mail at that address: for themself and administrators, else null. Without it they buy, but neither sell nor withdraw.',
  })
  emailVerified!: boolean | null;

  /** Not a field: whom it is shown to where no token says so. */
  shownTo?: UserView['shownTo'];
}
