import { MoneyInput } from '@emporium/subgraph';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { ProductStatus } from './product.type.ts';

@InputType({ description: 'What a variant is to be.' })
export class OptionFilter {
  @Field(() => String, { description: 'The option, such as "Colour", whatever its capitals.' })
  name!: string;

  @Field(() => [String], { description: 'One of these, whatever their capitals; at most 50.' })
  values!: string[];
}

@InputType({ description: 'Which products; all conditions that are given must hold.' })
export class ProductFilter {
  @Field(() => [ID], { nullable: true, description: 'Only these, at most 100.' })
  ids?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Only this seller’s.' })
  sellerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only those in the category of this slug, or in one below it.',
  })
  categorySlug?: string | null;

  @Field(() => ProductStatus, {
    nullable: true,
    description:
      'Only those of this status. Nobody sees others’ that are not on sale: DRAFT lists your own. For `products`; `search` refuses it.',
  })
  status?: `${ProductStatus}` | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Only those whose lowest price is at least this, in this currency.',
  })
  minPrice?: MoneyInput | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Only those whose lowest price is at most this, in this currency.',
  })
  maxPrice?: MoneyInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: only those of which a variant is in stock. False: only those that are sold out. It follows the stock within a second or so.',
  })
  inStock?: boolean | null;
  @Field(() => [String], {
    nullable: true,
    description: 'Only those with all of these tags, whatever their capitals; at most 20.',
  })
  tags?: string[] | null;

  @Field(() => [OptionFilter], {
    nullable: true,
    description: 'Only those with a variant that is all of this; at most 3.',
  })
  options?: OptionFilter[] | null;
}

export enum ProductSort {
  NEWEST = 'NEWEST',
  TITLE = 'TITLE',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
}

registerEnumType(ProductSort, {
  name: 'ProductSort',
  description: 'The order of a list of products.',
  valuesConfig: {
    NEWEST: { description: 'The newest first; this is the default.' },
    TITLE: { description: 'By title, whatever its capitals.' },
    PRICE_ASC: { description: 'The lowest price first, one currency after the other.' },
    PRICE_DESC: { description: 'The highest price first, one currency after the other.' },
  },
});
