import { connectionOf, DateTimeScalar } from '@emporium/subgraph';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { OrderStatusEnum } from './order.type.ts';
import { PurchaseStepEnum } from './timeline.type.ts';

@ObjectType('Purchase', { description: 'A purchase that waits for somebody’s answer.' })
export class PurchaseType {
  @Field(() => ID, { description: 'The order’s id.' })
  orderId!: string;

  @Field(() => String, { description: 'The order’s number, for people to read out.' })
  number!: string;

  @Field(() => OrderStatusEnum, { description: 'How far the order has come.' })
  status!: keyof typeof OrderStatusEnum;

  @Field(() => PurchaseStepEnum, { description: 'The step whose answer is owed.' })
  step!: keyof typeof PurchaseStepEnum;

  @Field(() => Int, { description: 'Seconds since the step began, by the database’s clock.' })
  ageSeconds!: number;

  @Field(() => Int, { description: 'How often the step has been asked for.' })
  attempts!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it is asked for again or given up; null while the question is not published, and when it is parked.',
  })
  deadline!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when it waits for a person.' })
  parkedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it waits for a person.' })
  parkedReason!: string | null;
}

export const PurchaseConnection = connectionOf('Purchase', () => PurchaseType);

@InputType('PurchaseFilter', { description: 'Which purchases; all conditions must hold.' })
export class PurchaseFilterInput {
  @Field(() => PurchaseStepEnum, { nullable: true, description: 'Only those at this step.' })
  step?: keyof typeof PurchaseStepEnum | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that wait for a person, or only the others.',
  })
  parked?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Only those placed longer ago, in seconds, from 0.' })
  olderThanSeconds?: number | null;
}
