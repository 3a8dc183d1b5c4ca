import { DateTimeScalar, MoneyType } from '@emporium/subgraph';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What something cost, from a moment on.' })
export class PriceChange {
  @Field(() => MoneyType, { description: 'The price.' })
  price!: MoneyType;

  @Field(() => DateTimeScalar, { description: 'Since when it was asked.' })
  since!: string;
}
