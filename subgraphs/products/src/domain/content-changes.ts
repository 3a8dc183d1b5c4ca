/** What is to be different about a product's details and options, as events: none where it is so already. */
import { type Details, folded, isSameDetails } from './details.ts';
import { named, type OptionValue } from './options.ts';
import { isSameList, type Product, type ProductEvent } from './product.ts';

/** Of what a variant had, that which is still asked for. */
export const kept = (
  former: readonly string[],
  values: readonly string[],
  options: readonly string[],
): OptionValue[] => {
  const wanted = new Set(options.map(folded));
  return named(former, values).filter(({ name }) => wanted.has(folded(name)));
};

export const optionsChange = (
  product: Product,
  options: readonly string[],
  values: readonly (readonly string[])[],
): ProductEvent[] => {
  const isSame =
    isSameList(options, product.options) &&
    product.variants.every((variant, index) => isSameList(variant.options, values[index] ?? []));
  return isSame ? [] : [{ type: 'OptionsSet', options, values }];
};

/** The details as they are to be, where that is different. */
export const detailsChange = (
  product: Product,
  {
    tags = product.tags,
    specifications = product.specifications,
  }: { readonly [K in keyof Details]?: Details[K] | undefined },
): ProductEvent[] =>
  isSameDetails({ tags, specifications }, product) ? [] : [{ type: 'Detailed', tags, specifications }];
