import { MoneyType, PageInfo } from '@emporium/subgraph';
import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Product } from './product.type.ts';
import type { SearchAnswer } from './search-answer.ts';

export enum SearchSort {
  RELEVANCE = 'RELEVANCE',
  NEWEST = 'NEWEST',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
}

registerEnumType(SearchSort, {
  name: 'SearchSort',
  description: 'The order of a search’s hits.',
  valuesConfig: {
    RELEVANCE: {
      description: 'The best first, up to the 1,000 that are looked at; this is the default.',
    },
    NEWEST: { description: 'The newest first, however many there are.' },
    PRICE_ASC: { description: 'The lowest price first, one currency after the other.' },
    PRICE_DESC: { description: 'The highest price first, one currency after the other.' },
  },
});

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'A part of a text, as plain text: escape it before it becomes HTML.' })
export class HighlightFragment {
  @Field(() => String, { description: 'The part.' })
  text!: string;

  @Field(() => Boolean, { description: 'Whether it is what was looked for.' })
  isMatch!: boolean;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'Where a hit has what was looked for.' })
export class SearchHighlights {
  @Field(() => [HighlightFragment], { description: 'The whole title, in parts.' })
  title!: readonly HighlightFragment[];

  @Field(() => [HighlightFragment], {
    description: 'The best passage of the description, in parts; empty where nothing there matches.',
  })
  description!: readonly HighlightFragment[];
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'One hit of a search.' })
export class SearchEdge {
  @Field(() => String, { description: 'Where it stands among the hits.' })
  cursor!: string;

  @Field(() => Product, { description: 'The product.' })
  node!: Product;

  answer!: SearchAnswer;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'How many of the hits share one value.' })
export class FacetValue {
  @Field(() => String, {
    description:
      'What to filter by: a category’s slug, a seller’s id, "true" or "false" as `inStock`, a tag, an option’s value; of a band of prices only a name.',
  })
  value!: string;

  @Field(() => String, { description: 'What to show.' })
  label!: string;

  @Field(() => Int, { description: 'How many hits have it, of the 1,000 that are looked at.' })
  count!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Of a band of prices: its lowest, to filter by as `minPrice`.',
  })
  minPrice!: MoneyType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'Of a band of prices: its highest, to filter by as `maxPrice`; null where it has no end.',
  })
  maxPrice!: MoneyType | null;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'One way to narrow a search.' })
export class Facet {
  @Field(() => String, {
    description:
      'What the values are of: "category", "seller", "price", "availability", "tag" or "option"; more may come.',
  })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Of an option: its name, such as "Colour", to filter by with a value.',
  })
  option!: string | null;

  @Field(() => [FacetValue], {
    description:
      'The values among the hits, most frequent first; bands of prices from low to high. Of tags the 50 most frequent, of options 100 values in all.',
  })
  values!: readonly FacetValue[];
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'A page of a search’s hits.' })
export class SearchConnection {
  @Field(() => [SearchEdge], { description: 'The page, in order.' })
  edges!: SearchEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo!: PageInfo;
}

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'What somebody may be about to type.' })
export class SearchSuggestion {
  @Field(() => String, { description: 'A product’s title.' })
  text!: string;

  productId!: string;
}
