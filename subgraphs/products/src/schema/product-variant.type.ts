import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'What a variant is in one of the ways in which its product’s variants differ.' })
export class VariantOption {
  @Field(() => String, { description: 'The option, such as "Colour".' })
  name!: string;

  @Field(() => String, { description: 'Its value, such as "Blue".' })
  value!: string;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku")')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: entityDescriptions.ProductVariant })
export class ProductVariant {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The stock keeping unit, unique in the whole shop.' })
  sku!: string;

  @Field(() => String, {
    description: 'Its own title, such as "Blue"; else its options’ values; else its product’s title.',
  })
  title!: string;

  @Field(() => Boolean, {
    description:
      'Whether it is sold where its product is; what is retired only its seller and administrators see.',
  })
  active!: boolean;

  @Field(() => [VariantOption], {
    description: 'Its value for each of its product’s `options`, in their order.',
  })
  options!: readonly VariantOption[];
}
