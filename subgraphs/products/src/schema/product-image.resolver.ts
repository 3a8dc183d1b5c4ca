import { largestUpload } from '@emporium/pictures/uploads';
import { badUserInput, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { altProblem, imageFile, mostImages } from '../domain/images.ts';
import { answer } from './answer.ts';
import type { Context } from './context.ts';
import {
  AddProductImageInput,
  ProductImageUploadResult,
  RemoveProductImageInput,
  ReorderProductImagesInput,
  UpdateProductImageInput,
} from './product-image.input.ts';
import { ProductImage, ProductImageSize } from './product-image.type.ts';
import { ProductResult, refusalOf } from './product-result.type.ts';
import { isAskable } from './storable.ts';

/** Pictures of products: for sellers of their own, for ADMIN of all. */
@Resolver(() => ProductImage)
export class ProductImageResolver {
  @FieldResolver(() => String, {
    description: 'Where it is, for anybody to see and to keep: another picture has another address.',
  })
  url(
    @Root() { fileId }: ProductImage,
    @Arg('size', () => ProductImageSize, {
      defaultValue: ProductImageSize.LARGE,
      description: 'How large.',
    })
    size: ProductImageSize,
    @Ctx() { app }: Context,
  ): string {
    return app.imageUrl(imageFile(fileId, size));
  }

  @Mutation(() => ProductImageUploadResult, {
    description: `Says where to send a new picture of a product, which has at most ${mostImages}.`,
  })
  async requestProductImageUpload(
    @Arg('productId', () => ID, {
      description: 'The product; it must be one of your own, unless you are ADMIN.',
    })
    productId: string,
    @Ctx() { app, viewer }: Context,
  ) {
    const by = requireSignedIn(viewer);
    if (!isAskable(productId)) return refusalOf('NOT_FOUND');
    const outcome = await app.requestProductImageUpload(productId, by);
    if (!outcome.ok) return refusalOf(outcome.refusal);
    return { __typename: 'ProductImageUpload' as const, ...outcome.invitation, maxBytes: largestUpload };
  }

  @Mutation(() => ProductResult, {
    description:
      'Looks at what was uploaded and shows it after the product’s other pictures: JPEG, PNG or WebP, nothing else of the file kept. Each upload is added once, whatever comes of it.',
  })
  async addProductImage(
    @Arg('input', () => AddProductImageInput, { description: 'The upload and its product.' })
    { productId, uploadId, alt }: AddProductImageInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    const words = readAlt(alt);
    if (!isAskable(productId)) return refusalOf('NOT_FOUND');
    if (!isAskable(uploadId)) return refusalOf('UPLOAD_UNKNOWN');
    return answer(context, await context.app.addProductImage({ productId, uploadId, alt: words }, by));
  }

  @Mutation(() => ProductResult, { description: 'Shows a product’s pictures in another order.' })
  async reorderProductImages(
    @Arg('input', () => ReorderProductImagesInput, { description: 'The product and the order.' })
    { productId, imageIds }: ReorderProductImagesInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    if (!isAskable(productId)) return refusalOf('NOT_FOUND');
    return answer(context, await context.app.reorderProductImages(productId, imageIds, by));
  }

  @Mutation(() => ProductResult, { description: 'Says in other words what a picture shows.' })
  async updateProductImage(
    @Arg('input', () => UpdateProductImageInput, { description: 'The picture and its words.' })
    { productId, imageId, alt }: UpdateProductImageInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    const described = { productId, imageId, alt: readAlt(alt) };
    if (!isAskable(productId)) return refusalOf('NOT_FOUND');
    return answer(context, await context.app.describeProductImage(described, by));
  }

  @Mutation(() => ProductResult, {
    description: 'Shows a product without one of its pictures; its files are gone soon after.',
  })
  async removeProductImage(
    @Arg('input', () => RemoveProductImageInput, { description: 'The product and the picture.' })
    { productId, imageId }: RemoveProductImageInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    if (!isAskable(productId)) return refusalOf('NOT_FOUND');
    return answer(context, await context.app.removeProductImage(productId, imageId, by));
  }
}

const readAlt = (alt: string | null | undefined): string | null => {
  const words = alt?.trim() || null;
  const problem = words === null ? null : altProblem(words);
  if (problem !== null) throw badUserInput(problem, 'input.alt');
  return words;
};
