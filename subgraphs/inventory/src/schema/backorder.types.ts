import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ProductVariant } from './product-variant.type.ts';

@InputType({ description: 'Whether a variant can be ordered beyond what is there.' })
export class BackorderInput {
  @Field(() => ID, {
    description: 'The variant; it must be one of your own, unless you are an administrator.',
  })
  variantId!: string;

  @Field(() => Boolean, { description: 'Whether it can. What orders wait for already stays promised.' })
  allowed!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'How many units orders may wait for at once: 1 to 1,000,000; null for any number.',
  })
  limit!: number | null;
}

@ObjectType({ description: 'How far a variant can be ordered beyond what is there.' })
export class Backorder {
  @Field(() => Boolean, { description: 'Whether it can.' })
  allowed!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'How many units orders may wait for at once; null for any number.',
  })
  limit!: number | null;

  @Field(() => Int, {
    description: 'Units that orders wait for. What comes is theirs first, the oldest order’s before all.',
  })
  waiting!: number;
}

export enum BackorderRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  SELLER_SUSPENDED = 'SELLER_SUSPENDED',
}

registerEnumType(BackorderRefusalCode, {
  name: 'BackorderRefusalCode',
  description: 'Why it stayed as it was.',
  valuesConfig: {
    NOT_FOUND: { description: 'Inventory knows no such variant, or it is not yours.' },
    SELLER_SUSPENDED: { description: 'The variant’s seller may not sell.' },
  },
});

@ObjectType({ implements: Refusal, description: 'It stayed as it was, and why.' })
export class BackorderRefusal extends Refusal {
  readonly __typename = 'BackorderRefusal';

  @Field(() => BackorderRefusalCode, { description: 'Why, to act on.' })
  code!: BackorderRefusalCode;
}

export const BackorderResult = createUnionType({
  name: 'BackorderResult',
  description: 'The variant, or why it stayed as it was.',
  types: () => [ProductVariant, BackorderRefusal] as const,
  resolveType,
});
