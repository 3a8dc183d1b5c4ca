import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

@ObjectType({ description: 'A place where a seller keeps goods.' })
export class StockLocation {
  readonly __typename?: 'StockLocation';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  /** Refusals have a `code` of another type, and both are members of one union. */
  @Field(() => String, {
    name: 'locationCode',
    description: 'The seller’s own name for it, unique among theirs.',
  })
  code!: string;

  @Field(() => String, { description: 'What people call it.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether orders are served from it.' })
  active!: boolean;

  @Field(() => Int, { description: 'Orders take from the location with the lowest number first.' })
  priority!: number;

  @Field(() => Boolean, {
    description: 'Whether stock goes there when no location is named. Always active.',
  })
  isDefault!: boolean;
}

@ObjectType({ description: 'A variant’s units at one location.' })
export class StockLevel {
  @Field(() => StockLocation, { description: 'Where.' })
  location!: StockLocation;

  @Field(() => Int, { description: 'Units there that nobody has bought or reserved.' })
  available!: number;

  @Field(() => Int, { description: 'Units there that are set aside.' })
  reserved!: number;

  @Field(() => Int, {
    description: 'Units from there that were sold; what buyers sent back came in again as RETURN.',
  })
  sold!: number;
}

@InputType({ description: 'A new location.' })
export class CreateStockLocationInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose it is, for administrators; your own when absent.',
  })
  sellerId!: string | null;

  @Field(() => String, {
    description:
      'Your own name for it: 1 to 32 capital letters, digits, `-` and `_`. The same again makes no second one.',
  })
  locationCode!: string;

  @Field(() => String, { description: 'What people call it, in 1 to 100 characters.' })
  name!: string;

  @Field(() => Int, {
    defaultValue: 100,
    description: 'Orders take from the location with the lowest number first: 0 to 10,000.',
  })
  priority!: number;
}

@InputType({ description: 'What to change of a location; what is absent stays as it is.' })
export class UpdateStockLocationInput {
  @Field(() => ID, {
    description: 'The location; it must be one of your own, unless you are an administrator.',
  })
  locationId!: string;

  @Field(() => String, { nullable: true, description: 'Its new name, in 1 to 100 characters.' })
  name!: string | null;

  @Field(() => Int, { nullable: true, description: 'Its new priority: 0 to 10,000.' })
  priority!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'False takes what is there out of the shop, true puts it back. Orders already placed go on.',
  })
  active!: boolean | null;
}

export enum StockLocationRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  NOT_A_SELLER = 'NOT_A_SELLER',
  SELLER_SUSPENDED = 'SELLER_SUSPENDED',
  CODE_TAKEN = 'CODE_TAKEN',
  TOO_MANY_LOCATIONS = 'TOO_MANY_LOCATIONS',
  DEFAULT_LOCATION = 'DEFAULT_LOCATION',
}

registerEnumType(StockLocationRefusalCode, {
  name: 'StockLocationRefusalCode',
  description: 'Why a location was not made or changed.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such location or seller, or it is not yours.' },
    NOT_A_SELLER: { description: 'Only sellers keep stock.' },
    SELLER_SUSPENDED: { description: 'The seller may not sell, and so not change where their stock is.' },
    CODE_TAKEN: { description: 'Another location of the seller has this code.' },
    TOO_MANY_LOCATIONS: { description: 'No seller may have that many locations.' },
    DEFAULT_LOCATION: { description: 'The default location cannot be closed.' },
  },
});

@ObjectType({ implements: Refusal, description: 'A location was not made or changed, and why.' })
export class StockLocationRefusal extends Refusal {
  readonly __typename = 'StockLocationRefusal';

  @Field(() => StockLocationRefusalCode, { description: 'Why, to act on.' })
  code!: StockLocationRefusalCode;
}

export const StockLocationResult = createUnionType({
  name: 'StockLocationResult',
  description: 'The location as it is now, or why nothing was done.',
  types: () => [StockLocation, StockLocationRefusal] as const,
  resolveType,
});
