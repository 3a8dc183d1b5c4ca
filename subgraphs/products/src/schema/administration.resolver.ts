import { badUserInput } from '@emporium/subgraph';
import { Arg, Ctx, Field, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { categoryNameProblem } from '../domain/product-limits.ts';
import type { Context } from './context.ts';
import { CategoryResult, CreateCategoryInput, categoryRefusalOf } from './create-category.type.ts';
import { isAskable } from './read-list.ts';

@ObjectType({ description: 'What was told again.' })
export class RepublishResult {
  @Field(() => Int, { description: 'How many variants.' })
  count!: number;
}

/** What only administrators do. */
@Resolver()
export class AdministrationResolver {
  @Mutation(() => RepublishResult, {
    description:
      'Tells the other subgraphs every variant again, so that a lost copy of the catalogue fills up. For ADMIN.',
  })
  async republishCatalogue(@Ctx() { app }: Context): Promise<RepublishResult> {
    return { count: await app.republishCatalogue() };
  }

  @Mutation(() => CategoryResult, { description: 'Adds a category. For ADMIN.' })
  async createCategory(
    @Arg('input', () => CreateCategoryInput, { description: 'The category.' })
    { name, parentSlug }: CreateCategoryInput,
    @Ctx() { app }: Context,
  ) {
    const problem = categoryNameProblem(name);
    if (problem !== null) throw badUserInput(problem, 'input.name');
    if (parentSlug && !isAskable(parentSlug)) return categoryRefusalOf('PARENT_UNKNOWN');
    const outcome = await app.createCategory({ name: name.trim(), parentSlug: parentSlug ?? null });
    if (!outcome.ok) return categoryRefusalOf(outcome.refusal);
    return { __typename: 'Category' as const, ...outcome.category };
  }
}
