import { requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { answer } from './answer.ts';
import type { Context } from './context.ts';
import {
  CreateProductInput,
  ProductStatusInput,
  UpdateProductInput,
  UpdateVariantInput,
  VariantPriceInput,
} from './product.input.ts';
import { ProductResult, refusalOf } from './product-result.type.ts';
import { readNewProduct, readPrice, readRevision, readVariantRevision } from './read-product.ts';
import { isAskable } from './storable.ts';

/** Offering and changing products: for sellers their own, for ADMIN all. */
@Resolver()
export class EditProductResolver {
  @Mutation(() => ProductResult, { description: 'Puts a new product on sale as yours. For sellers.' })
  async createProduct(
    @Arg('input', () => CreateProductInput, { description: 'The product.' }) input: CreateProductInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    return answer(context, await context.app.createProduct(readNewProduct(input), by), {
      CATEGORY_UNKNOWN: 'input.categorySlug',
    });
  }

  @Mutation(() => ProductResult, {
    description: 'Revises a product, unless somebody else changed it since you read it.',
  })
  async updateProduct(
    @Arg('input', () => UpdateProductInput, { description: 'The product and what is to be different.' })
    input: UpdateProductInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    const revision = readRevision(input);
    if (!isAskable(revision.productId)) return refusalOf('NOT_FOUND');
    return answer(context, await context.app.updateProduct(revision, by), {
      CATEGORY_UNKNOWN: 'input.categorySlug',
      SLUG_TAKEN: 'input.slug',
      VERSION_CONFLICT: 'input.expectedVersion',
    });
  }

  @Mutation(() => ProductResult, {
    description: 'Gives a variant a new price. Orders that are placed already keep theirs.',
  })
  async updateVariantPrice(
    @Arg('input', () => VariantPriceInput, { description: 'The variant and its price.' })
    { variantId, price, expectedVersion }: VariantPriceInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    const wanted = readPrice(price, 'input.price');
    if (!isAskable(variantId)) return refusalOf('NOT_FOUND');
    const repricing = { variantId, price: wanted, expectedVersion: expectedVersion ?? undefined };
    return answer(context, await context.app.updateVariantPrice(repricing, by), {
      CURRENCIES_DIFFER: 'input.price',
      VERSION_CONFLICT: 'input.expectedVersion',
    });
  }

  @Mutation(() => ProductResult, {
    description:
      'Revises one variant, or retires it: it is then sold no more, and stays for those who bought it.',
  })
  async updateVariant(
    @Arg('input', () => UpdateVariantInput, { description: 'The variant and what is to be different.' })
    input: UpdateVariantInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    const revision = readVariantRevision(input);
    if (!isAskable(revision.variantId)) return refusalOf('NOT_FOUND');
    return answer(context, await context.app.updateVariant(revision, by), {
      OPTIONS_MISMATCH: 'input.options',
      LAST_VARIANT: 'input.active',
      VERSION_CONFLICT: 'input.expectedVersion',
    });
  }

  @Mutation(() => ProductResult, { description: 'Puts a product on sale, or takes it off sale.' })
  async setProductStatus(
    @Arg('input', () => ProductStatusInput, { description: 'The product and what it is to be.' })
    { productId, status }: ProductStatusInput,
    @Ctx() context: Context,
  ) {
    const by = requireSignedIn(context.viewer);
    if (!isAskable(productId)) return refusalOf('NOT_FOUND');
    return answer(context, await context.app.setProductStatus(productId, status, by));
  }
}
