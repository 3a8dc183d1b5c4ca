/** Changing one variant of a product: what it is called, what it is, and whether it is sold. */
import { accept, type Decision, refuse } from '@emporium/domain';
import { optionsChange } from './content-changes.ts';
import { arrange, named, type OptionValue } from './options.ts';
import { type Product, type ProductEvent, soldVariants, type Variant, type VariantId } from './product.ts';

/** What is undefined stays as it is. */
export type VariantRevision = {
  readonly type: 'ReviseVariant';
  readonly variantId: VariantId;
  readonly title?: string | null | undefined;
  readonly options?: readonly OptionValue[] | undefined;
  /** False retires it. */
  readonly active?: boolean | undefined;
  /** The product's version that the editor saw. */
  readonly expectedVersion: number;
};

type Refusal = 'NOT_FOUND' | 'VERSION_CONFLICT' | 'LAST_VARIANT' | 'OPTIONS_MISMATCH';

export const reviseVariant = (
  command: VariantRevision,
  product: Product,
): Decision<ProductEvent, Refusal> => {
  const { variantId, expectedVersion } = command;
  const variant = product.variants.find(({ id }) => id === variantId);
  if (!variant) return refuse('NOT_FOUND');
  if (expectedVersion !== product.version) return refuse('VERSION_CONFLICT');
  const { title = variant.title, active = variant.active } = command;
  // A product is sold in at least one variant: to sell none of it, it is archived.
  if (!active && soldVariants(product).every(({ id }) => id === variantId) && variant.active)
    return refuse('LAST_VARIANT');
  const values = valuesOf(product, { ...variant, active }, command.options);
  if (!values) return refuse('OPTIONS_MISMATCH');
  return accept(
    ...optionsChange(product, product.options, values),
    ...(title === variant.title
      ? []
      : [{ type: 'VariantRevised' as const, variantId, title, price: variant.price }]),
    ...(active === variant.active ? [] : [{ type: 'VariantActivitySet' as const, variantId, active }]),
  );
};

/** All variants' values with the revised one's; null where one lacks some, or two that are sold are alike. */
const valuesOf = (
  { options, variants }: Product,
  revised: Variant,
  said: readonly OptionValue[] | undefined,
): readonly (readonly string[])[] | null => {
  const present = variants.map((variant) => (variant.id === revised.id ? revised : variant));
  const arranged = arrange(
    options,
    present.map((variant) => (variant === revised && said ? said : named(options, variant.options))),
    (index) => present[index]?.active === false,
  );
  return arranged.ok ? arranged.values : null;
};
