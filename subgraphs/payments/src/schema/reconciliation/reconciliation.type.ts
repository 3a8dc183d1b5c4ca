import { connectionOf, DateTimeScalar, MoneyType } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ReconciliationCase } from './case.type.ts';

export enum ReconciliationOutcome {
  MATCHED = 'MATCHED',
  IN_FLIGHT = 'IN_FLIGHT',
  MISSING_HERE = 'MISSING_HERE',
  MISSING_THERE = 'MISSING_THERE',
  AMOUNT_DIFFERS = 'AMOUNT_DIFFERS',
  DUPLICATE = 'DUPLICATE',
}

registerEnumType(ReconciliationOutcome, {
  name: 'ReconciliationOutcome',
  description: 'How a movement of the provider’s report compares with the books.',
  valuesConfig: {
    MATCHED: { description: 'Both say the same.' },
    IN_FLIGHT: { description: 'The provider’s answer is not kept yet: no difference.' },
    MISSING_HERE: { description: 'The provider reports it, and nothing is booked.' },
    MISSING_THERE: { description: 'It is booked, and the provider does not report it.' },
    AMOUNT_DIFFERS: { description: 'Both know it, by different amounts or currencies.' },
    DUPLICATE: { description: 'The provider did it once more under the same idempotency key.' },
  },
});

export enum ReconciliationRunStatus {
  RUNNING = 'RUNNING',
  FINISHED = 'FINISHED',
  FAILED = 'FAILED',
}

registerEnumType(ReconciliationRunStatus, {
  name: 'ReconciliationRunStatus',
  description: 'How far a run has come.',
  valuesConfig: {
    RUNNING: { description: 'It is being read, or was cut short and is run again.' },
    FINISHED: { description: 'All of the report was compared.' },
    FAILED: { description: 'There was no report that could be used; it changed no case.' },
  },
});

@ObjectType({ description: 'How much of a run came out one way, in one currency.' })
export class ReconciliationTotal {
  @Field(() => ReconciliationOutcome, { description: 'How it came out.' })
  outcome!: `${ReconciliationOutcome}`;

  @Field(() => Int, { description: 'How many movements.' })
  movements!: number;

  @Field(() => MoneyType, {
    description: 'What the provider holds because of them, as it reports; below zero where it paid out.',
  })
  reported!: MoneyType;

  @Field(() => MoneyType, { description: 'The same, as it is booked.' })
  booked!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'What the provider kept of them for itself, where its report says so: no part of `reported`, and of no booking.',
  })
  fees!: MoneyType;
}

@ObjectType({ description: 'One comparison of a provider’s report of a day with the books.' })
export class ReconciliationRun {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'Whose report.' })
  provider!: string;

  @Field(() => ReconciliationRunStatus, { description: 'How far it has come.' })
  status!: `${ReconciliationRunStatus}`;

  @Field(() => String, { nullable: true, description: 'Why it failed; null where it did not.' })
  failure!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  startedAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null while it runs.' })
  finishedAt!: string | null;

  @Field(() => [ReconciliationTotal], { description: 'Counts and sums, by outcome and currency.' })
  totals!: ReconciliationTotal[];
}

@ObjectType({ description: 'A page of ReconciliationCase.' })
export class ReconciliationCaseConnection extends connectionOf(
  'ReconciliationCase',
  () => ReconciliationCase,
) {}

@ObjectType({ description: 'A day, by the providers’ clock, against the books..' })
export class Reconciliation {
  readonly __typename = 'Reconciliation';

  @Field(() => String, { description: 'The day, UTC: `2026-11-26`.' })
  date!: string;

  @Field(() => [ReconciliationRun], { description: 'Every run of the day, last begun first.' })
  runs!: ReconciliationRun[];
}

@ObjectType({ description: 'A day that has differences which nobody has closed.' })
export class ReconciliationDay {
  @Field(() => String, { description: 'The day, UTC: `2026-11-26`.' })
  date!: string;

  @Field(() => Int, { description: 'How many cases are open.' })
  openCases!: number;
}

@ObjectType({ description: 'A page of ReconciliationDay.' })
export class ReconciliationDayConnection extends connectionOf(
  'ReconciliationDay',
  () => ReconciliationDay,
) {}
