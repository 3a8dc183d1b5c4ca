import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'Where products stand; a category may stand in another.' })
export class Category {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'Its name in addresses and filters.' })
  slug!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;
}
