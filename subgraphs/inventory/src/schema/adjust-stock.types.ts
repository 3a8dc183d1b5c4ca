import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ProductVariant } from './product-variant.type.ts';

export enum StockMovementKind {
  RECEIPT = 'RECEIPT',
  ADJUSTMENT = 'ADJUSTMENT',
  WRITE_OFF = 'WRITE_OFF',
  RETURN = 'RETURN',
}

registerEnumType(StockMovementKind, {
  name: 'StockMovementKind',
  description: 'Why stock changes other than by an order.',
  valuesConfig: {
    RECEIPT: { description: 'Goods came in. The delta is positive.' },
    ADJUSTMENT: { description: 'The count was wrong. The delta may be positive or negative.' },
    WRITE_OFF: { description: 'Goods were lost or spoiled. The delta is negative.' },
    RETURN: {
      description:
        'A buyer sent goods back; what cannot be sold again is written off beside it. The delta is positive.',
    },
  },
});

@InputType({ description: 'One change of one variant’s stock.' })
export class AdjustStockInput {
  @Field(() => ID, {
    description: 'The variant; it must be one of your own, unless you are an administrator.',
  })
  variantId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Where, by a location of the variant’s seller; their default location when absent.',
  })
  locationId!: string | null;

  @Field(() => Int, {
    description: 'Units to add, or to take away when negative: -1,000,000 to 1,000,000, not 0.',
  })
  delta!: number;

  @Field(() => String, {
    description: 'Why, in 1 to 200 characters. It is kept for good: name no person in it.',
  })
  reason!: string;

  @Field(() => String, {
    description:
      'Your own name for this change, 1 to 200 characters. Sent again with the same input, it changes nothing more.',
  })
  idempotencyKey!: string;

  @Field(() => StockMovementKind, {
    defaultValue: StockMovementKind.ADJUSTMENT,
    description: 'What kind of change it is.',
  })
  kind!: StockMovementKind;
}

@InputType({ description: 'Many changes of stock at once.' })
export class BulkAdjustStockInput {
  @Field(() => [AdjustStockInput], { description: 'Up to 500, applied in this order.' })
  adjustments!: AdjustStockInput[];
}

export enum AdjustStockRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  LOCATION_NOT_FOUND = 'LOCATION_NOT_FOUND',
  LOCATION_INACTIVE = 'LOCATION_INACTIVE',
  SELLER_SUSPENDED = 'SELLER_SUSPENDED',
  INSUFFICIENT_STOCK = 'INSUFFICIENT_STOCK',
  STOCK_LIMIT_REACHED = 'STOCK_LIMIT_REACHED',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
  BAD_VALUE = 'BAD_VALUE',
}

registerEnumType(AdjustStockRefusalCode, {
  name: 'AdjustStockRefusalCode',
  description: 'Why stock was not changed.',
  valuesConfig: {
    NOT_FOUND: { description: 'Inventory knows no such variant, or it is not yours.' },
    LOCATION_NOT_FOUND: { description: 'The variant’s seller has no such location.' },
    LOCATION_INACTIVE: { description: 'The location is closed: nothing can be added there.' },
    SELLER_SUSPENDED: { description: 'The variant’s seller may not sell, and so not change its stock.' },
    INSUFFICIENT_STOCK: { description: 'Fewer units are available there than should be taken away.' },
    STOCK_LIMIT_REACHED: { description: 'No variant may have that many units.' },
    IDEMPOTENCY_MISMATCH: { description: 'The idempotency key was used for another change.' },
    BAD_VALUE: { description: 'A row of many is not as it must be: `field` and `message` say what.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Stock was not changed, and why.' })
export class AdjustStockRefusal extends Refusal {
  readonly __typename = 'AdjustStockRefusal';

  @Field(() => AdjustStockRefusalCode, { description: 'Why, to act on.' })
  code!: AdjustStockRefusalCode;

  @Field(() => String, {
    nullable: true,
    description:
      'The field that is wrong, such as `input.adjustments.3.delta`; null where it is no single one.',
  })
  field!: string | null;
}

export const AdjustStockResult = createUnionType({
  name: 'AdjustStockResult',
  description: 'The variant with its new stock, or why nothing changed.',
  types: () => [ProductVariant, AdjustStockRefusal] as const,
  resolveType,
});

@ObjectType({ description: 'What became of many changes of stock.' })
export class BulkAdjustStockPayload {
  @Field(() => [AdjustStockResult], {
    description: 'One result per adjustment, in the order of the input. A refused one holds up no other.',
  })
  results!: (typeof AdjustStockResult)[];
}
