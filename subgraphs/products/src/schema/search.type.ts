import { PageInfo } from '@emporium/subgraph';
import { Field, Int, ObjectType } from 'type-graphql';
import { Product } from './product.type.ts';

@ObjectType({ description: 'One hit of a search.' })
export class SearchEdge {
  @Field(() => String, { description: 'Where it stands among the hits.' })
  cursor!: string;

  @Field(() => Product, { description: 'The product.' })
  node!: Product;
}

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

@ObjectType({ description: 'One way to narrow a search.' })
export class Facet {
  @Field(() => String, { description: 'What the values are of: "category" or "seller"; more may come.' })
  name!: string;

  @Field(() => [FacetValue], { description: 'The values among the hits, most frequent first.' })
  values!: readonly FacetValue[];
}

@ObjectType({ description: 'A page of a search’s hits, best first.' })
export class SearchConnection {
  @Field(() => [SearchEdge], { description: 'The page, in order.' })
  edges!: SearchEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo!: PageInfo;
}
