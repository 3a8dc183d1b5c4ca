import { connectionOf, DateTimeScalar, entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum ProductStatus {
  ACTIVE = 'ACTIVE',
  ARCHIVED = 'ARCHIVED',
}

registerEnumType(ProductStatus, {
  name: 'ProductStatus',
  description: 'Whether a product is offered.',
  valuesConfig: {
    ACTIVE: { description: 'On sale.' },
    ARCHIVED: { description: 'Off sale: only its seller and administrators see it.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: entityDescriptions.Product })
export class Product {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, {
    description: 'Its name in addresses, unique in the whole shop; it never changes.',
  })
  slug!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'More about it, in plain text.' })
  description!: string | null;

  @Field(() => ProductStatus, { description: 'Whether it is on sale.' })
  status!: `${ProductStatus}`;

  @Field(() => DateTimeScalar, { description: 'Since when it is in the shop.' })
  createdAt!: string;
}

export const ProductConnection = connectionOf('Product', () => Product);
