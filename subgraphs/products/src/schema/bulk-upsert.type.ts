import { resolveType } from '@emporium/subgraph';
import { createUnionType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ProductRefusal } from './product-result.type.ts';

export enum BulkUpsertOutcome {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  UNCHANGED = 'UNCHANGED',
  REFUSED = 'REFUSED',
}

registerEnumType(BulkUpsertOutcome, {
  name: 'BulkUpsertOutcome',
  description: 'What became of one row.',
  valuesConfig: {
    CREATED: { description: 'The product is new.' },
    UPDATED: { description: 'The product was known and has changed.' },
    UNCHANGED: { description: 'The product was known and is as the row says.' },
    REFUSED: { description: 'Nothing was done; `refusal` says why.' },
  },
});

@ObjectType({ description: 'What became of one row of a bulk call.' })
export class BulkUpsertRow {
  @Field(() => Int, { description: 'Which row of the input, from 0.' })
  index!: number;

  @Field(() => BulkUpsertOutcome, { description: 'What became of it.' })
  outcome!: `${BulkUpsertOutcome}`;

  @Field(() => ProductRefusal, { nullable: true, description: 'Why it was refused.' })
  refusal!: ProductRefusal | null;

  /** Null when it was refused. */
  readonly productId!: string | null;
}

@ObjectType({ description: 'What became of each row, in the order of the input.' })
export class BulkUpsert {
  @Field(() => [BulkUpsertRow], { description: 'One for each row of the input.' })
  rows!: BulkUpsertRow[];
}

export const BulkUpsertResult = createUnionType({
  name: 'BulkUpsertResult',
  description: 'What became of the rows, or why none was looked at.',
  types: () => [BulkUpsert, ProductRefusal] as const,
  resolveType,
});
