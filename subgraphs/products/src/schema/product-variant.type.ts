import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku")')
@ObjectType({ description: 'One article of a product: what goes into a cart.' })
export class ProductVariant {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The stock keeping unit, unique in the whole shop.' })
  sku!: string;

  @Field(() => String, { description: 'Its own title, such as "Blue"; else its product’s.' })
  title!: string;
}
