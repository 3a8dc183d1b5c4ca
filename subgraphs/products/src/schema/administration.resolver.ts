import { badUserInput } from '@emporium/subgraph';
import { Arg, Ctx, Field, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CategoryOutcome } from '../application/edit-categories.ts';
import { categoryNameProblem } from '../domain/product-limits.ts';
import {
  CategoryResult,
  CreateCategoryInput,
  categoryRefusalOf,
  UpdateCategoryInput,
} from './category-result.type.ts';
import { type Context, readAfresh } from './context.ts';
import { isAskable } from './storable.ts';

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
    @Ctx() context: Context,
  ) {
    checkName(name);
    if (parentSlug && !isAskable(parentSlug)) return categoryRefusalOf('PARENT_UNKNOWN');
    const wanted = { name: name.trim(), parentSlug: parentSlug ?? null };
    return answer(context, await context.app.createCategory(wanted));
  }

  @Mutation(() => CategoryResult, {
    description: 'Renames a category, or moves it with all that stands in it. For ADMIN.',
  })
  async updateCategory(
    @Arg('input', () => UpdateCategoryInput, { description: 'The category and what is to be different.' })
    { slug, name, parentSlug }: UpdateCategoryInput,
    @Ctx() context: Context,
  ) {
    if (name !== undefined) checkName(name ?? '');
    if (!isAskable(slug)) return categoryRefusalOf('NOT_FOUND');
    if (parentSlug && !isAskable(parentSlug)) return categoryRefusalOf('PARENT_UNKNOWN');
    return answer(context, await context.app.updateCategory({ slug, name: name?.trim(), parentSlug }));
  }

  @Mutation(() => CategoryResult, {
    description: 'Removes a category in which nothing stands, and answers what it was. For ADMIN.',
  })
  async deleteCategory(
    @Arg('slug', () => String, { description: 'The category’s slug.' }) slug: string,
    @Ctx() context: Context,
  ) {
    if (!isAskable(slug)) return categoryRefusalOf('NOT_FOUND');
    return answer(context, await context.app.deleteCategory(slug));
  }
}

const checkName = (name: string): void => {
  const problem = categoryNameProblem(name);
  if (problem !== null) throw badUserInput(problem, 'input.name');
};

const answer = (context: Context, outcome: CategoryOutcome) => {
  if (!outcome.ok) return categoryRefusalOf(outcome.refusal);
  readAfresh(context);
  return { __typename: 'Category' as const, ...outcome.category };
};
