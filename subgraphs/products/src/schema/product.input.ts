import { MoneyInput } from '@emporium/subgraph';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ProductStatus } from './product.type.ts';

@InputType({ description: 'A line of a product’s table of facts.' })
export class SpecificationInput {
  @Field(() => String, { description: 'What it is about, such as "Weight": 1 to 80 characters.' })
  name!: string;

  @Field(() => String, { description: 'What is so, such as "350 g": 1 to 500 characters.' })
  value!: string;
}

@InputType({ description: 'What a variant is in one of the ways in which its product’s variants differ.' })
export class VariantOptionInput {
  @Field(() => String, { description: 'One of the product’s `options`, such as "Colour".' })
  name!: string;

  @Field(() => String, { description: 'Its value, such as "Blue": 1 to 40 characters.' })
  value!: string;
}

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

  @Field(() => [VariantOptionInput], {
    nullable: true,
    description:
      'One value for each of the product’s `options`; no two variants have the same. A variant that is known keeps its own when left out.',
  })
  options?: VariantOptionInput[] | null;
}

@InputType({ description: 'A product to put on sale.' })
export class CreateProductInput {
  @Field(() => String, { description: 'What it is called: 1 to 200 characters on one line.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'More about it: HTML of up to 10,000 characters, and 100,000 with its tags. Formatting and links to the web are kept, the rest is left out.',
  })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'The slug of the category in which it stands.' })
  categorySlug?: string | null;

  @Field(() => ProductStatus, {
    nullable: true,
    description: 'DRAFT or ACTIVE, and ACTIVE when left out. A product that is known keeps its own.',
  })
  status?: `${ProductStatus}` | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What groups it with others: up to 20 tags of 1 to 40 characters. Capitals and doubles are dropped.',
  })
  tags?: string[] | null;

  @Field(() => [SpecificationInput], { nullable: true, description: 'Facts about it, up to 50, in order.' })
  specifications?: SpecificationInput[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What its variants differ in, such as "Size" and "Colour": up to 3, of 1 to 40 characters. Each variant then has a value for each.',
  })
  options?: string[] | null;

  @Field(() => [ProductVariantInput], { description: 'Its articles, 1 to 100, in the order to show.' })
  variants!: ProductVariantInput[];
}

@InputType({ description: 'The options of a variant that is there.' })
export class VariantOptionsInput {
  @Field(() => ID, { description: 'A variant of the product.' })
  variantId!: string;

  @Field(() => [VariantOptionInput], { description: 'Its value for each of the product’s options.' })
  options!: VariantOptionInput[];
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
    description:
      'More about it: HTML of up to 10,000 characters, and 100,000 with its tags, of which formatting and links to the web are kept; null for nothing.',
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

  @Field(() => [String], {
    nullable: true,
    description: 'All its tags: up to 20 of 1 to 40 characters; null or none clears them.',
  })
  tags?: string[] | null;

  @Field(() => [SpecificationInput], {
    nullable: true,
    description: 'All its specifications, up to 50, in order; null or none clears them.',
  })
  specifications?: SpecificationInput[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What its variants differ in: up to 3; null or none clears them. Values of options that stay are kept; those of others are given in `variantOptions`.',
  })
  options?: string[] | null;

  @Field(() => [VariantOptionsInput], {
    nullable: true,
    description: 'Options of its variants; those that are not named keep theirs.',
  })
  variantOptions?: VariantOptionsInput[] | null;
}

@InputType({ description: 'A new price for one variant.' })
export class VariantPriceInput {
  @Field(() => ID, { description: 'The variant; it must be one of your own, unless you are ADMIN.' })
  variantId!: string;

  @Field(() => MoneyInput, { description: 'What it is to cost: above zero.' })
  price!: MoneyInput;

  @Field(() => Int, {
    nullable: true,
    description: 'The product’s `version` that you saw, if it is to be refused when it has changed since.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'What is to be different about a variant; what is left out stays as it is.' })
export class UpdateVariantInput {
  @Field(() => ID, { description: 'The variant; it must be one of your own, unless you are ADMIN.' })
  variantId!: string;

  @Field(() => Int, {
    description: 'The product’s `version` that you saw; refused when it has changed since.',
  })
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: 'What sets it apart, such as "Blue": 1 to 200 characters; null for nothing.',
  })
  title?: string | null;

  @Field(() => [VariantOptionInput], {
    nullable: true,
    description:
      'One value for each of the product’s `options`; no two variants that are sold have the same.',
  })
  options?: VariantOptionInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'False retires it: it leaves the catalogue, carts included, and keeps its SKU. True sells it again. The last that is sold cannot be retired: set the product ARCHIVED.',
  })
  active?: boolean | null;
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
      'Up to 500. Where a SKU is known, its product is revised: what is left out stays as it is, null clears it, and variants that are not named stay. A SKU counts where it occurs first.',
  })
  products!: CreateProductInput[];
}
