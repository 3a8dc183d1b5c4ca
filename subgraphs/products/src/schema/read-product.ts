import { asId } from '@emporium/domain';
import { badUserInput, type MoneyInput, type RowReading, readMoney, readRow } from '@emporium/subgraph';
import type { ProductRevision } from '../application/edit-product.ts';
import type { NewProduct } from '../application/new-product.ts';
import { arrange } from '../domain/options.ts';
import {
  descriptionProblem,
  mostRows,
  mostVariants,
  priceProblem,
  skuProblem,
  slugProblem,
  titleProblem,
} from '../domain/product-limits.ts';
import type {
  BulkUpsertInput,
  CreateProductInput,
  ProductVariantInput,
  UpdateProductInput,
  UpdateVariantInput,
  VariantOptionsInput,
} from './product.input.ts';

import { readDetails, readOptionValues } from './read-details.ts';
import { storable } from './storable.ts';

const check = (problem: string | null, field: string): void => {
  if (problem !== null) throw badUserInput(problem, field);
};

/** A price that may be asked for; BAD_USER_INPUT names the field. */
export const readPrice = (input: MoneyInput, field: string) => {
  const price = readMoney(input, field);
  check(priceProblem(price), field);
  return price;
};

const readVariant = (input: ProductVariantInput, field: string) => {
  const sku = input.sku.trim();
  const title = input.title?.trim() ?? input.title;
  check(skuProblem(sku), `${field}.sku`);
  if (typeof title === 'string') check(titleProblem(title), `${field}.title`);
  return {
    sku,
    title,
    price: readPrice(input.price, `${field}.price`),
    options: readOptionValues(input.options, `${field}.options`),
  };
};

/** What a client says of a product, checked; BAD_USER_INPUT names the field, such as `input.variants.0.price`. */
export const readProduct = (input: CreateProductInput, field = 'input'): NewProduct => {
  const title = input.title.trim();
  const { description, categorySlug, status } = input;
  check(titleProblem(title), `${field}.title`);
  if (typeof description === 'string') check(descriptionProblem(description), `${field}.description`);
  if (status === 'ARCHIVED') throw badUserInput('A new product is DRAFT or ACTIVE.', `${field}.status`);
  check(countProblem(input.variants.length), `${field}.variants`);
  const variants = input.variants.map((each, index) => readVariant(each, `${field}.variants.${index}`));
  checkDistinct(variants.map(({ sku }, index) => ({ sku, field: `${field}.variants.${index}.sku` })));
  const other = variants.findIndex(({ price }) => price.currency !== variants[0]?.price.currency);
  check(other < 0 ? null : currencyProblem, `${field}.variants.${other}.price`);
  return {
    title,
    description,
    categorySlug: categorySlug && storable(categorySlug),
    status: status ?? undefined,
    ...readDetails(input, field),
    variants,
  };
};

/** A product that is new, so that all its variants and their options are here. */
export const readNewProduct = (input: CreateProductInput): NewProduct => {
  const product = readProduct(input);
  const { options = [], variants } = product;
  const arranged = arrange(
    options,
    variants.map((variant) => variant.options ?? []),
  );
  if (!arranged.ok)
    throw badUserInput(
      'A variant has one value for each of the product’s options, and not the same as another.',
      `input.variants.${arranged.index}.options`,
    );
  return product;
};

/** What a client wants to be different, checked; null is no title and no slug. */
export const readRevision = (input: UpdateProductInput): ProductRevision => {
  const { productId, expectedVersion, description, categorySlug, slug } = input;
  const title = input.title?.trim();
  if (input.title !== undefined) check(titleProblem(title ?? ''), 'input.title');
  if (typeof description === 'string') check(descriptionProblem(description), 'input.description');
  if (slug !== undefined) check(slugProblem(slug ?? ''), 'input.slug');
  return {
    productId,
    expectedVersion,
    title,
    description,
    categorySlug: categorySlug && storable(categorySlug),
    slug: slug ?? undefined,
    ...readDetails(input, 'input'),
    variantOptions: readVariantOptions(input.variantOptions ?? []),
  };
};

const readVariantOptions = (given: readonly VariantOptionsInput[]) => {
  const field = 'input.variantOptions';
  check(given.length <= mostVariants ? null : `A product has at most ${mostVariants} variants.`, field);
  return given.map(({ variantId, options }, index) => ({
    variantId: asId<'Variant'>(variantId),
    options: readOptionValues(options, `${field}.${index}.options`) ?? [],
  }));
};

/** Every row, checked alone and against those before it: what is wrong with one spares the others. */
export const readProducts = ({ products }: BulkUpsertInput): RowReading<NewProduct>[] => {
  const rows = products.length;
  check(rows >= 1 && rows <= mostRows ? null : `Send 1 to ${mostRows} products.`, 'input.products');
  const rowOf = new Map<string, number>();
  return products.map((given, row) =>
    readRow(() => {
      const field = `input.products.${row}`;
      const product = readProduct(given, field);
      for (const [index, { sku }] of product.variants.entries())
        check(twiceProblem(sku, rowOf.get(sku)), `${field}.variants.${index}.sku`);
      for (const { sku } of product.variants) rowOf.set(sku, row);
      return product;
    }),
  );
};

const twiceProblem = (sku: string, row: number | undefined): string | null =>
  row === undefined ? null : `The SKU ${sku} occurs in row ${row} already, which counts.`;

const currencyProblem = 'All variants of a product have prices in one currency.';

/** What a client wants to be different about a variant, checked; null as a title is none. */
export const readVariantRevision = (input: UpdateVariantInput) => {
  const { variantId, expectedVersion, active, options } = input;
  const title = input.title?.trim() ?? input.title;
  if (typeof title === 'string') check(titleProblem(title), 'input.title');
  return {
    variantId,
    expectedVersion,
    title,
    options: readOptionValues(options, 'input.options'),
    active: active ?? undefined,
  };
};

const countProblem = (variants: number): string | null =>
  variants >= 1 && variants <= mostVariants ? null : `A product has 1 to ${mostVariants} variants.`;

const checkDistinct = (all: readonly { sku: string; field: string }[]): void => {
  const seen = new Set<string>();
  for (const { sku, field } of all) {
    check(seen.has(sku) ? `The SKU ${sku} occurs twice.` : null, field);
    seen.add(sku);
  }
};
