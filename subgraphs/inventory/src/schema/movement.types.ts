import { connectionOf, DateTimeScalar } from '@emporium/subgraph';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { StockMovementKind } from './adjust-stock.types.ts';
import { StockLocation } from './location.types.ts';

@ObjectType({
  description: 'Goods that came or went other than by an order that took them. It never changes.',
})
export class StockMovement {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => StockLocation, { description: 'Where.' })
  location!: StockLocation;

  @Field(() => StockMovementKind, { description: 'What kind of change it was.' })
  kind!: `${StockMovementKind}`;

  @Field(() => Int, { description: 'Units that came, or went when negative.' })
  delta!: number;

  @Field(() => String, { description: 'Why, as whoever changed it said.' })
  reason!: string;

  @Field(() => ID, { nullable: true, description: 'The return by which a buyer sent them back.' })
  returnId!: string | null;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: string;
}

export const StockMovementConnection = connectionOf('StockMovement', () => StockMovement);
