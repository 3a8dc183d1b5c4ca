/**
 * Changing a product that exists. Only its seller, unless suspended, and administrators may; to others it does not exist.
 */
import { accept, type Decision, equals, type Money, refuse } from '@emporium/domain';
import type { Product, ProductEvent, ProductStatus, VariantId } from './product.ts';
import type { Seller } from './seller.ts';

export type Editor = { readonly id: string; readonly isAdmin: boolean };

/** A product is its seller's and administrators' to change. */
export const mayEdit = (by: Editor, { sellerId }: Pick<Product, 'sellerId'>): boolean =>
  by.isAdmin || by.id === sellerId;

export type EditCommand =
  | { readonly type: 'Reprice'; readonly variantId: VariantId; readonly price: Money }
  | { readonly type: 'SetStatus'; readonly status: ProductStatus };

export type EditRefusal = 'NOT_FOUND' | 'SELLER_SUSPENDED';
export type EditDecision = Decision<ProductEvent, EditRefusal>;

/** Doing what is already done is granted, and nothing happens. */
export const edit = (
  command: EditCommand,
  product: Product | null,
  seller: Pick<Seller, 'active'>,
  by: Editor,
): EditDecision => {
  if (product === null || !mayEdit(by, product)) return refuse('NOT_FOUND');
  if (!(by.isAdmin || seller.active)) return refuse('SELLER_SUSPENDED');
  switch (command.type) {
    case 'Reprice':
      return reprice(command, product);
    case 'SetStatus': {
      const { status } = command;
      return status === product.status ? accept() : accept({ type: 'StatusChanged', status });
    }
  }
};

const reprice = (
  { variantId, price }: Extract<EditCommand, { type: 'Reprice' }>,
  { variants }: Product,
): EditDecision => {
  const variant = variants.find(({ id }) => id === variantId);
  if (!variant) return refuse('NOT_FOUND');
  if (equals(variant.price, price)) return accept();
  return accept({ type: 'VariantRevised', variantId, title: variant.title, price });
};
