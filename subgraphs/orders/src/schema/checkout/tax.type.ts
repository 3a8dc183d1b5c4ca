import {
  CountryCodeScalar,
  connectionOf,
  DateTimeScalar,
  DecimalScalar,
  Refusal,
  resolveType,
} from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type Codes, enumOf } from '../refusal-codes.ts';

@ObjectType('TaxRule', { description: 'What a country or region asks of a category, from a moment on.' })
export class TaxRuleType {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => Int, { description: 'Rises by one with each rule for the same place and category.' })
  version!: number;

  @Field(() => String, { description: 'What the tax is called.' })
  name!: string;

  @Field(() => CountryCodeScalar, { description: 'Where to.' })
  country!: string;

  @Field(() => String, { nullable: true, description: 'The subdivision; null for the whole country.' })
  region!: string | null;

  @Field(() => String, { description: 'Of which goods: STANDARD, SHIPPING, or another.' })
  category!: string;

  @Field(() => DecimalScalar, { description: 'In per cent: "20".' })
  rate!: string;

  @Field(() => Boolean, { description: 'Whether prices hold it already; else it comes on top.' })
  inclusive!: boolean;

  @Field(() => DateTimeScalar, { description: 'From when on.' })
  validFrom!: string;
}

export const TaxRuleConnection = connectionOf('TaxRule', () => TaxRuleType);

@InputType({ description: 'A tax, from a moment on.' })
export class SetTaxRuleInput {
  @Field(() => CountryCodeScalar, { description: 'Where to.' })
  country!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A subdivision by its ISO 3166-2 code; its rule counts instead of the country’s.',
  })
  region?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of which goods: 1 to 32 capitals, digits and underscores. STANDARD, the default, is what is in no other; SHIPPING is sending.',
  })
  category?: string | null;

  @Field(() => String, { description: 'What the tax is called, 1 to 100 characters.' })
  name!: string;

  @Field(() => DecimalScalar, { description: 'In per cent, 0 to 100 with up to four decimals; 0 ends it.' })
  rate!: string;

  @Field(() => Boolean, { description: 'Whether prices hold it already; else it comes on top.' })
  inclusive!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when on; now by default.' })
  validFrom?: string | null;
}

@ObjectType('VariantTaxCategory', { description: 'Of which category a variant’s goods are for taxes.' })
export class VariantTaxCategoryType {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => String, { description: 'The category.' })
  category!: string;
}

@InputType({ description: 'Of which category a variant’s goods are.' })
export class SetTaxCategoryInput {
  @Field(() => ID, { description: 'One of your own, unless you are an administrator.' })
  variantId!: string;

  @Field(() => String, { description: '1 to 32 capitals, digits and underscores, such as FOOD.' })
  category!: string;
}

export const taxCategoryCodes = {
  NOT_FOUND: {
    means: 'There is no such variant, or it is not yours.',
    says: 'There is no such variant, or it is not yours.',
  },
} as const satisfies Codes<string>;

const TaxCategoryRefusalCode = enumOf(
  'TaxCategoryRefusalCode',
  'Why no category was set.',
  taxCategoryCodes,
);

@ObjectType({ implements: Refusal, description: 'The category is as it was.' })
export class TaxCategoryRefusal extends Refusal {
  @Field(() => TaxCategoryRefusalCode, { description: 'To act on.' })
  code!: keyof typeof taxCategoryCodes;
}

export const TaxCategoryResult = createUnionType({
  name: 'TaxCategoryResult',
  description: 'The category that was set, or why none was.',
  types: () => [VariantTaxCategoryType, TaxCategoryRefusal] as const,
  resolveType,
});
