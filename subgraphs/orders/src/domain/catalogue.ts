import type { Id, Money } from '@emporium/domain';

/** What orders knows of a variant: our copy of the catalogue. */
export type CatalogVariant = {
  readonly id: Id<'Variant'>;
  readonly sellerId: Id<'User'>;
  readonly title: string;
  readonly price: Money;
  /** Whether it is for sale. */
  readonly active: boolean;
};

/** The variants that a decision may need, by id; what is not in it is unknown. */
export type Catalogue = ReadonlyMap<Id<'Variant'>, CatalogVariant>;
