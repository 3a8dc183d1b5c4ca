import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { mostLevels } from '../domain/category-tree.ts';
import { Category } from './category.type.ts';

@InputType({ description: 'A category to add.' })
export class CreateCategoryInput {
  @Field(() => String, { description: 'What it is called: 1 to 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The slug of the category in which it stands.' })
  parentSlug?: string | null;
}

@InputType({ description: 'What is to be different about a category; what is left out stays as it is.' })
export class UpdateCategoryInput {
  @Field(() => String, { description: 'The category’s slug; it stays.' })
  slug!: string;

  @Field(() => String, { nullable: true, description: 'What it is called: 1 to 100 characters.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The slug of the category in which it is to stand, with all that stands in it; null for the top.',
  })
  parentSlug?: string | null;
}

export enum CategoryRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  WOULD_CIRCLE = 'WOULD_CIRCLE',
  TOO_DEEP = 'TOO_DEEP',
  SLUG_TAKEN = 'SLUG_TAKEN',
  PARENT_UNKNOWN = 'PARENT_UNKNOWN',
  NOT_EMPTY = 'NOT_EMPTY',
}

registerEnumType(CategoryRefusalCode, {
  name: 'CategoryRefusalCode',
  description: 'Why a category was not added or changed.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no category with this slug.' },
    WOULD_CIRCLE: { description: 'A category would stand in itself.' },
    TOO_DEEP: { description: `Categories would be more than ${mostLevels} levels deep.` },
    SLUG_TAKEN: { description: 'A category of this name is there already.' },
    PARENT_UNKNOWN: { description: 'There is no category with the parent’s slug.' },
    NOT_EMPTY: { description: 'Categories or products stand in it, on sale or not.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why a category was not added or changed.' })
export class CategoryRefusal extends Refusal {
  @Field(() => CategoryRefusalCode, { description: 'The reason, to act on.' })
  code!: `${CategoryRefusalCode}`;
}

export const CategoryResult = createUnionType({
  name: 'CategoryResult',
  description: 'The category as it is now, or why nothing changed.',
  types: () => [Category, CategoryRefusal] as const,
  resolveType,
});

const messages: Record<`${CategoryRefusalCode}`, string> = {
  NOT_FOUND: 'There is no category with this slug. The query `categories` lists those that exist.',
  WOULD_CIRCLE: 'A category cannot stand in itself, nor in one that stands in it. Choose another parent.',
  TOO_DEEP: `Categories may be ${mostLevels} levels deep. Choose a parent nearer to the top.`,
  SLUG_TAKEN: 'A category of this name is there already. Use it, or choose another name.',
  NOT_EMPTY: 'Categories or products stand in it, perhaps such as are not on sale. Move them first.',
  PARENT_UNKNOWN:
    'There is no category with this `parentSlug`. The query `categories` lists those that exist.',
};

/** A refusal with its words. */
export const categoryRefusalOf = (code: `${CategoryRefusalCode}`) => ({
  __typename: 'CategoryRefusal' as const,
  code,
  message: messages[code],
});
