import { DateTimeScalar, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ProductVariant } from './product-variant.type.ts';

export enum StockReservationState {
  ACTIVE = 'ACTIVE',
  RELEASED = 'RELEASED',
  EXPIRED = 'EXPIRED',
  ORDERED = 'ORDERED',
}

registerEnumType(StockReservationState, {
  name: 'StockReservationState',
  description: 'What has become of a reservation.',
  valuesConfig: {
    ACTIVE: { description: 'The units are kept.' },
    RELEASED: { description: 'They were given back.' },
    EXPIRED: { description: 'Its time was over.' },
    ORDERED: { description: 'An order of yours took them.' },
  },
});

@ObjectType({ description: 'Units of a variant that are kept for somebody until they order, for a while.' })
export class StockReservation {
  readonly __typename?: 'StockReservation';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProductVariant, { nullable: true, description: 'Of what.' })
  variant!: ProductVariant | null;

  @Field(() => Int, { description: 'How many units.' })
  quantity!: number;

  @Field(() => StockReservationState, { description: 'What has become of it.' })
  state!: `${StockReservationState}`;

  @Field(() => DateTimeScalar, { description: 'When it ends by itself.' })
  expiresAt!: string;
}

@InputType({ description: 'Units to keep until they are ordered.' })
export class ReserveStockInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => Int, { description: 'How many units, 1 to 100,000.' })
  quantity!: number;

  @Field(() => String, {
    description:
      'Your own name for this reservation, 1 to 200 characters. Sent again with the same input, it answers the same one.',
  })
  idempotencyKey!: string;
}

export enum StockReservationRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  INSUFFICIENT_STOCK = 'INSUFFICIENT_STOCK',
  TOO_MANY_RESERVATIONS = 'TOO_MANY_RESERVATIONS',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
}

registerEnumType(StockReservationRefusalCode, {
  name: 'StockReservationRefusalCode',
  description: 'Why nothing was reserved or released.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such variant or reservation, or it is not for you.' },
    INSUFFICIENT_STOCK: { description: 'Fewer units are available.' },
    TOO_MANY_RESERVATIONS: { description: 'Nobody may keep that many reservations at a time.' },
    IDEMPOTENCY_MISMATCH: { description: 'The idempotency key was used for another reservation.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Nothing was reserved or released, and why.' })
export class StockReservationRefusal extends Refusal {
  readonly __typename = 'StockReservationRefusal';

  @Field(() => StockReservationRefusalCode, { description: 'Why, to act on.' })
  code!: StockReservationRefusalCode;
}

export const StockReservationResult = createUnionType({
  name: 'StockReservationResult',
  description: 'The reservation as it is now, or why nothing was done.',
  types: () => [StockReservation, StockReservationRefusal] as const,
  resolveType,
});
