import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Product } from './product.type.ts';

export enum ProductRefusalCode {
  SKU_TAKEN = 'SKU_TAKEN',
  NOT_FOUND = 'NOT_FOUND',
  NOT_A_SELLER = 'NOT_A_SELLER',
  SELLER_SUSPENDED = 'SELLER_SUSPENDED',
  CATEGORY_UNKNOWN = 'CATEGORY_UNKNOWN',
  TOO_MANY_VARIANTS = 'TOO_MANY_VARIANTS',
  VERSION_CONFLICT = 'VERSION_CONFLICT',
  SLUG_TAKEN = 'SLUG_TAKEN',
  OPTIONS_MISMATCH = 'OPTIONS_MISMATCH',
  TOO_MANY_IMAGES = 'TOO_MANY_IMAGES',
  IMAGES_DIFFER = 'IMAGES_DIFFER',
  IMAGE_UNKNOWN = 'IMAGE_UNKNOWN',
  UPLOAD_UNKNOWN = 'UPLOAD_UNKNOWN',
  NOT_UPLOADED = 'NOT_UPLOADED',
  TOO_LARGE = 'TOO_LARGE',
  UNSUPPORTED_IMAGE = 'UNSUPPORTED_IMAGE',
  ALREADY_PUBLISHED = 'ALREADY_PUBLISHED',
  BAD_VALUE = 'BAD_VALUE',
  CURRENCIES_DIFFER = 'CURRENCIES_DIFFER',
  LAST_VARIANT = 'LAST_VARIANT',
}

registerEnumType(ProductRefusalCode, {
  name: 'ProductRefusalCode',
  description: 'Why a product was not created or changed.',
  valuesConfig: {
    SKU_TAKEN: { description: 'Another product has one of the SKUs.' },
    NOT_FOUND: { description: 'There is no such product or variant, or it is not yours.' },
    NOT_A_SELLER: { description: 'Only sellers offer products.' },
    SELLER_SUSPENDED: { description: 'The seller may not sell, and so neither offer nor change products.' },
    CATEGORY_UNKNOWN: { description: 'There is no category with this slug.' },
    TOO_MANY_VARIANTS: { description: 'The product would have more than 100 variants.' },
    VERSION_CONFLICT: { description: 'Somebody changed the product since you read it.' },
    SLUG_TAKEN: { description: 'Another product has the slug, or had it.' },
    OPTIONS_MISMATCH: {
      description: 'A variant would not have one value for each option, or the same values as another.',
    },
    TOO_MANY_IMAGES: { description: 'The product has 10 pictures, or 10 are on their way.' },
    IMAGES_DIFFER: { description: 'The product’s pictures are not exactly those that were named.' },
    IMAGE_UNKNOWN: { description: 'The product has no such picture.' },
    UPLOAD_UNKNOWN: { description: 'There is no such upload for the product, or it is too late for it.' },
    NOT_UPLOADED: {
      description: 'Nothing has arrived, or it was refused where it was sent: send the picture first.',
    },
    TOO_LARGE: { description: 'The picture has more than 5 MiB or more than 50 megapixels.' },
    UNSUPPORTED_IMAGE: { description: 'It is no JPEG, PNG or WebP, it moves, or it is broken.' },
    ALREADY_PUBLISHED: { description: 'The product is on sale and cannot be a draft.' },
    CURRENCIES_DIFFER: { description: 'The product’s prices would be in more than one currency.' },
    LAST_VARIANT: { description: 'No other variant of the product is sold.' },
    BAD_VALUE: { description: 'A row of many is not as it must be: `field` and `message` say what.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why a product was not created or changed.' })
export class ProductRefusal extends Refusal {
  @Field(() => ProductRefusalCode, { description: 'The reason, to act on.' })
  code!: `${ProductRefusalCode}`;

  @Field(() => String, {
    nullable: true,
    description:
      'The field that is wrong, such as `input.products.3.variants.0.price`; null where it is no single one.',
  })
  field!: string | null;
}

export const ProductResult = createUnionType({
  name: 'ProductResult',
  description: 'The product as it is now, or why nothing changed.',
  types: () => [Product, ProductRefusal] as const,
  resolveType,
});

const messages: Record<`${ProductRefusalCode}`, string> = {
  SKU_TAKEN: 'Another product has one of these SKUs. Choose others: a SKU is unique in the whole shop.',
  NOT_FOUND: 'There is no such product or variant, or it is not yours.',
  NOT_A_SELLER: 'Only sellers offer products. Become a seller first, then sign in again.',
  SELLER_SUSPENDED: 'Your shop is suspended, or not yet open: `me { seller { status reason } }` says why.',
  CATEGORY_UNKNOWN: 'There is no category with this slug. The query `categories` lists those that exist.',
  VERSION_CONFLICT: 'The product has changed since you read it. Read it again, and send its new `version`.',
  SLUG_TAKEN: 'Another product has this slug, or had it. Choose another.',
  OPTIONS_MISMATCH:
    'Each variant needs one value for each of the product’s options, and no two may have the same. Say the options of every variant that lacks one.',
  TOO_MANY_IMAGES: 'A product has at most 10 pictures. Remove one, or add those that were uploaded.',
  IMAGES_DIFFER: 'Name every one of the product’s pictures once. Read them again: they may have changed.',
  IMAGE_UNKNOWN: 'The product has no such picture. Read its `images` again: they may have changed.',
  UPLOAD_UNKNOWN:
    'There is no such upload for this product, or it is too late for it: call `requestProductImageUpload` again.',
  NOT_UPLOADED: 'Nothing has arrived yet: send the picture first, then add it.',
  TOO_LARGE: 'A picture has 5 MiB and 50 megapixels at most: make it smaller and begin again.',
  UNSUPPORTED_IMAGE: 'That is no JPEG, PNG or WebP that stands still: send another and begin again.',
  ALREADY_PUBLISHED: 'What is on sale cannot be a draft. Set ARCHIVED to take it off sale, and then DRAFT.',
  TOO_MANY_VARIANTS: 'A product has at most 100 variants. Offer the others as a product of their own.',
  CURRENCIES_DIFFER:
    'All variants of a product have prices in one currency. `bulkUpsertProducts` gives all of them another at once.',
  LAST_VARIANT: 'A product is sold in at least one variant. Set the product ARCHIVED to sell none of it.',
  BAD_VALUE: 'This row is not as it must be. Mend what `field` names, and send it again.',
};

/** A refusal with its words, or with better ones. */
export const refusalOf = (
  code: `${ProductRefusalCode}`,
  { message = messages[code], field = null }: { message?: string; field?: string | null } = {},
) => ({ __typename: 'ProductRefusal' as const, code, message, field });
