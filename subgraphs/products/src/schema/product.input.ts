import { MoneyInput } from '@emporium/subgraph';
import { Field, ID, InputType, Int } from 'type-graphql';
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

  @Field(() => ProductStatus, {
    nullable: true,
    description: 'DRAFT or ACTIVE, and ACTIVE when left out. A product that is known keeps its own.',
  })
  status?: `${ProductStatus}` | null;

  @Field(() => [ProductVariantInput], { description: 'Its articles, 1 to 100, in the order to show.' })
  variants!: ProductVariantInput[];
}

@InputType({ description: 'What is to be different about a product; what is left out stays as it is.' })
export class UpdateProductInput {
  @Field(() => ID, { description: 'The product; it must be one of your own, unless you are ADMIN.' })
  productId!: string;

  @Field(() => Int, { description: 'The `version` that you saw; refused when it has changed since.' })
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called: 1 to 200 characters on one line.',
  })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'More about it: up to 10,000 characters; null for nothing.',
  })
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The slug of the category in which it stands; null for none.',
  })
  categorySlug?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Its name in addresses: lower-case letters and digits, joined by single hyphens, at most 80 characters. Addresses with the old one go on.',
  })
  slug?: string | null;
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
