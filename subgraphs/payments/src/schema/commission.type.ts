import { CurrencyCodeScalar, connectionOf, DateTimeScalar } from '@emporium/subgraph';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'What the marketplace keeps of what is sold from a moment on. The narrowest counts: of a seller in a currency, of a seller, of a currency, of all.',
})
export class CommissionRate {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Of whose sales; null is everybody’s.' })
  sellerId!: string | null;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'In which currency; null is any.' })
  currency!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'In hundredths of a per cent: 250 is 2.5 %. Null ends the one before: a wider one counts.',
  })
  basisPoints!: number | null;

  @Field(() => DateTimeScalar, { description: 'From when on it counts.' })
  validFrom!: string;
}

@ObjectType({ description: 'A page of CommissionRate.' })
export class CommissionRateConnection extends connectionOf('CommissionRate', () => CommissionRate) {}

@InputType({ description: 'What the marketplace is to keep.' })
export class CommissionRateInput {
  @Field(() => ID, { nullable: true, description: 'Of whose sales; of everybody’s, without.' })
  sellerId!: string | null | undefined;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'In which currency; in any, without.' })
  currency!: string | null | undefined;

  @Field(() => Int, {
    nullable: true,
    description:
      'In hundredths of a per cent, 0 to 10,000: 250 is 2.5 %. Without it the one before ends, and a wider one counts.',
  })
  basisPoints!: number | null | undefined;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when on, not in the past; from now on, without.',
  })
  validFrom!: string | null | undefined;
}
