import { MoneyInput } from '@emporium/subgraph';
import { Field, ID, InputType } from 'type-graphql';
import { ProductStatus } from './product.type.ts';

@InputType({ description: 'One article of a product.' })
export class ProductVariantInput {
  @Field(() => String, {
    description:
      'The stock keeping unit, unique in the whole shop: 1 to 64 letters, digits, spaces or . _ / + -, with a letter or digit at both ends.',
  })
  sku!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What sets it apart, such as "Blue": 1 to 200 characters.',
  })
  title?: string | null;

  @Field(() => MoneyInput, { description: 'What it costs: above zero.' })
  price!: MoneyInput;
}

@InputType({ description: 'A product to put on sale.' })
export class CreateProductInput {
  @Field(() => String, { description: 'What it is called: 1 to 200 characters on one line.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'More about it: up to 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'The slug of the category in which it stands.' })
  categorySlug?: string | null;

  @Field(() => [ProductVariantInput], { description: 'Its articles, 1 to 100, in the order to show.' })
  variants!: ProductVariantInput[];
}

@InputType({ description: 'A new price for one variant.' })
export class VariantPriceInput {
  @Field(() => ID, { description: 'The variant; it must be one of your own, unless you are ADMIN.' })
  variantId!: string;

  @Field(() => MoneyInput, { description: 'What it is to cost: above zero.' })
  price!: MoneyInput;
}

@InputType({ description: 'Whether a product is to be on sale.' })
export class ProductStatusInput {
  @Field(() => ID, { description: 'The product; it must be one of your own, unless you are ADMIN.' })
  productId!: string;

  @Field(() => ProductStatus, { description: 'What it is to be.' })
  status!: `${ProductStatus}`;
}

@InputType({ description: 'Many products at once, known by their SKUs.' })
export class BulkUpsertInput {
  @Field(() => [CreateProductInput], {
    description:
      'Up to 500. Where a SKU is known, its product is revised: what is left out stays as it is, null clears it, and variants that are not named stay. No SKU may occur twice.',
  })
  products!: CreateProductInput[];
}
