import type { Money } from '@emporium/domain';
import type { Specification } from '../domain/details.ts';
import type { OptionValue } from '../domain/options.ts';
import type { ProductStatus } from '../domain/product.ts';

/** What a seller says; ids come later. Undefined leaves a known product as it is. */
export type NewProduct = {
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly categorySlug?: string | null | undefined;
  /** Of a new product; a known one keeps its own, unless it is said whole. */
  readonly status?: ProductStatus | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly specifications?: readonly Specification[] | undefined;
  /** What the variants differ in. */
  readonly options?: readonly string[] | undefined;
  readonly variants: readonly {
    readonly sku: string;
    readonly title?: string | null | undefined;
    readonly price: Money;
    readonly options?: readonly OptionValue[] | undefined;
  }[];
};
