import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Category } from './category.type.ts';

@InputType({ description: 'A category to add.' })
export class CreateCategoryInput {
  @Field(() => String, { description: 'What it is called: 1 to 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The slug of the category in which it stands.' })
  parentSlug?: string | null;
}

export enum CategoryRefusalCode {
  SLUG_TAKEN = 'SLUG_TAKEN',
  PARENT_UNKNOWN = 'PARENT_UNKNOWN',
}

registerEnumType(CategoryRefusalCode, {
  name: 'CategoryRefusalCode',
  description: 'Why a category was not added.',
  valuesConfig: {
    SLUG_TAKEN: { description: 'A category of this name is there already.' },
    PARENT_UNKNOWN: { description: 'There is no category with the parent’s slug.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why a category was not added.' })
export class CategoryRefusal extends Refusal {
  @Field(() => CategoryRefusalCode, { description: 'The reason, to act on.' })
  code!: `${CategoryRefusalCode}`;
}

export const CategoryResult = createUnionType({
  name: 'CategoryResult',
  description: 'The new category, or why it was not added.',
  types: () => [Category, CategoryRefusal] as const,
  resolveType,
});

const messages: Record<`${CategoryRefusalCode}`, string> = {
  SLUG_TAKEN: 'A category of this name is there already. Use it, or choose another name.',
  PARENT_UNKNOWN:
    'There is no category with this `parentSlug`. The query `categories` lists those that exist.',
};

/** A refusal with its words. */
export const categoryRefusalOf = (code: `${CategoryRefusalCode}`) => ({
  __typename: 'CategoryRefusal' as const,
  code,
  message: messages[code],
});
