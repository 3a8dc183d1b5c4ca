import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku")')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: entityDescriptions.ProductVariant })
export class ProductVariant {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The stock keeping unit, unique in the whole shop.' })
  sku!: string;

  @Field(() => String, { description: 'Its own title, such as "Blue"; else its product’s.' })
  title!: string;
}
