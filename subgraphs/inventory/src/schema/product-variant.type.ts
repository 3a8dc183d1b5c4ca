import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How much of a variant can be ordered right now.' })
export class Availability {
  @Field(() => Int, { description: 'Units that nobody has bought or reserved.' })
  available!: number;

  @Field(() => Boolean, { description: 'Whether at least one unit can be ordered.' })
  inStock!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether more can be ordered than is available: what is short is sent when the seller has it. How much more, placing the order shows.',
  })
  backorderable!: boolean;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: entityDescriptions.ProductVariant })
export class ProductVariant {
  readonly __typename?: 'ProductVariant';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
