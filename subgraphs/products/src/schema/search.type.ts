import { PageInfo } from '@emporium/subgraph';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Product } from './product.type.ts';

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'One hit of a search.' })
export class SearchEdge {
  @Field(() => String, { description: 'Where it stands among the hits.' })
  cursor!: string;

  @Field(() => Product, { description: 'The product.' })
  node!: Product;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'How many of the hits share one value.' })
export class FacetValue {
  @Field(() => String, {
    description: 'What to filter by: a category’s slug, a seller’s id.',
  })
  value!: string;

  @Field(() => String, { description: 'What to show.' })
  label!: string;

  @Field(() => Int, { description: 'How many hits have it.' })
  count!: number;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'One way to narrow a search.' })
export class Facet {
  @Field(() => String, { description: 'What the values are of: "category" or "seller"; more may come.' })
  name!: string;

  @Field(() => [FacetValue], { description: 'The values among the hits, most frequent first.' })
  values!: readonly FacetValue[];
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'A page of a search’s hits, best first.' })
export class SearchConnection {
  @Field(() => [SearchEdge], { description: 'The page, in order.' })
  edges!: SearchEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo!: PageInfo;
}
