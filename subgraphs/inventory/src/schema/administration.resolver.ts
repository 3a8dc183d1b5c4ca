import { Ctx, Field, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from './context.ts';

@ObjectType({ description: 'What stock was told again.' })
export class RepublishStockResult {
  @Field(() => Int, { description: 'How many variants.' })
  count!: number;
}

/** What only administrators do. */
@Resolver()
export class AdministrationResolver {
  @Mutation(() => RepublishStockResult, {
    description:
      'Tells the other subgraphs again which variants are in stock, so that a lost copy fills up. For ADMIN.',
  })
  async republishStock(@Ctx() { app }: Context): Promise<RepublishStockResult> {
    return { count: await app.republishStock() };
  }
}
