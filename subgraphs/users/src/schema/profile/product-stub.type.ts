import { entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Products owns them; users only points at one. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Product', { description: entityDescriptions.Product })
export class ProductStub {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}
