import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ProductVariant } from './product-variant.type.ts';

@InputType({ description: 'When a variant’s stock is low.' })
export class LowStockThresholdInput {
  @Field(() => ID, {
    description: 'The variant; it must be one of your own, unless you are an administrator.',
  })
  variantId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Fewer available units than this are low: 1 to 1,000,000; null for never.',
  })
  threshold!: number | null;
}

export enum LowStockThresholdRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  SELLER_SUSPENDED = 'SELLER_SUSPENDED',
}

registerEnumType(LowStockThresholdRefusalCode, {
  name: 'LowStockThresholdRefusalCode',
  description: 'Why no threshold was set.',
  valuesConfig: {
    NOT_FOUND: { description: 'Inventory knows no such variant, or it is not yours.' },
    SELLER_SUSPENDED: { description: 'The variant’s seller may not sell.' },
  },
});

@ObjectType({ implements: Refusal, description: 'No threshold was set, and why.' })
export class LowStockThresholdRefusal extends Refusal {
  readonly __typename = 'LowStockThresholdRefusal';

  @Field(() => LowStockThresholdRefusalCode, { description: 'Why, to act on.' })
  code!: LowStockThresholdRefusalCode;
}

export const LowStockThresholdResult = createUnionType({
  name: 'LowStockThresholdResult',
  description: 'The variant, or why no threshold was set.',
  types: () => [ProductVariant, LowStockThresholdRefusal] as const,
  resolveType,
});
