import { connectionOf, DateTimeScalar, entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ProductImage } from './product-image.type.ts';

export enum ProductStatus {
  DRAFT = 'DRAFT',
  ACTIVE = 'ACTIVE',
  ARCHIVED = 'ARCHIVED',
}

registerEnumType(ProductStatus, {
  name: 'ProductStatus',
  description: 'Whether a product is offered.',
  valuesConfig: {
    DRAFT: { description: 'Not on sale yet: only its seller and administrators see it.' },
    ACTIVE: { description: 'On sale.' },
    ARCHIVED: { description: 'Off sale: only its seller and administrators see it.' },
  },
});

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'A line of a product’s table of facts.' })
export class Specification {
  @Field(() => String, { description: 'What it is about, such as "Weight".' })
  name!: string;

  @Field(() => String, { description: 'What is so, such as "350 g".' })
  value!: string;
}

@Directive('@key(fields: "id")')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: entityDescriptions.Product })
export class Product {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, {
    description:
      'Its name in addresses, unique in the whole shop. When it is changed, `product` still finds the product by those that it had.',
  })
  slug!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'More about it: HTML of a few tags of formatting and links to the web, safe to show as it is.',
  })
  description!: string | null;

  @Field(() => ProductStatus, { description: 'Whether it is on sale.' })
  status!: `${ProductStatus}`;

  @Field(() => Int, { description: 'Rises with each change. Send it with `updateProduct`.' })
  version!: number;

  @Field(() => [String], {
    description: 'What groups it with others, in lower case, in the order in which the seller gave them.',
  })
  tags!: readonly string[];

  @Field(() => [Specification], { description: 'Facts about it, in the order to show.' })
  specifications!: readonly Specification[];

  @Field(() => [String], {
    description: 'What its variants differ in, such as "Size" and "Colour"; perhaps nothing.',
  })
  options!: readonly string[];

  @Field(() => [ProductImage], {
    description: 'Pictures of it, in the order to show: the first stands for it. At most 10.',
  })
  images!: readonly ProductImage[];

  @Field(() => DateTimeScalar, { description: 'Since when it is in the shop.' })
  createdAt!: string;
}

export const ProductConnection = connectionOf('Product', () => Product);
