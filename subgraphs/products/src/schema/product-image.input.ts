import { DateTimeScalar, FormField, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ProductRefusal } from './product-result.type.ts';

@ObjectType({
  description:
    'Where to send a picture: POST a `multipart/form-data` with every one of `fields`, and last the picture as `file`. Any status 2xx is a success. Then call `addProductImage`.',
})
export class ProductImageUpload {
  @Field(() => ID, { description: 'What to add.' })
  id!: string;

  @Field(() => String, {
    description: 'Where the form goes; it admits one upload and needs no other proof.',
  })
  url!: string;

  @Field(() => [FormField], { description: 'What the form must hold beside the picture; perhaps nothing.' })
  fields!: readonly FormField[];

  @Field(() => Int, { description: 'How many bytes the picture may have.' })
  maxBytes!: number;

  @Field(() => DateTimeScalar, { description: 'Until when it may be sent and added.' })
  expiresAt!: string;
}

export const ProductImageUploadResult = createUnionType({
  name: 'ProductImageUploadResult',
  description: 'Where to send the picture, or why it may not be sent.',
  types: () => [ProductImageUpload, ProductRefusal] as const,
  resolveType,
});

@InputType({ description: 'A picture that was uploaded, to be shown with its product.' })
export class AddProductImageInput {
  @Field(() => ID, { description: 'The product; it must be one of your own, unless you are ADMIN.' })
  productId!: string;

  @Field(() => ID, { description: 'From `requestProductImageUpload`.' })
  uploadId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it shows, in words: one line of at most 300 characters.',
  })
  alt?: string | null;
}

@InputType({ description: 'A product’s pictures in another order.' })
export class ReorderProductImagesInput {
  @Field(() => ID, { description: 'The product; it must be one of your own, unless you are ADMIN.' })
  productId!: string;

  @Field(() => [ID], { description: 'Every one of its pictures, in the order to show.' })
  imageIds!: string[];
}

@InputType({ description: 'What a picture shows, in other words.' })
export class UpdateProductImageInput {
  @Field(() => ID, { description: 'The product; it must be one of your own, unless you are ADMIN.' })
  productId!: string;

  @Field(() => ID, { description: 'The picture.' })
  imageId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it shows, in words: one line of at most 300 characters; null for none.',
  })
  alt?: string | null;
}

@InputType({ description: 'A picture to show no more.' })
export class RemoveProductImageInput {
  @Field(() => ID, { description: 'The product; it must be one of your own, unless you are ADMIN.' })
  productId!: string;

  @Field(() => ID, { description: 'The picture.' })
  imageId!: string;
}
