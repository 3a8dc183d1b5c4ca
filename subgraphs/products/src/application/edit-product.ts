import { asId, type Money, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { type EditCommand, type EditRefusal, edit } from '../domain/edit.ts';
import type { ProductId, ProductStatus } from '../domain/product.ts';
import { type Actor, asEditor } from './actor.ts';
import { commitChanges, edited } from './commit-changes.ts';
import type { Ports, ProductKey } from './ports.ts';

export type EditOutcome =
  | { readonly ok: true; readonly productId: ProductId }
  | { readonly ok: false; readonly refusal: EditRefusal };

/** Gives one of the actor's variants a new price; orders already placed keep theirs. */
export const updateVariantPrice =
  (transact: Transact<Ports>) =>
  (variantId: string, price: Money, by: Actor): Promise<EditOutcome> => {
    const id = asId<'Variant'>(variantId);
    return editProduct(transact, { variantId: id }, { type: 'Reprice', variantId: id, price }, by);
  };

/** Takes one of the actor's products off sale, or puts it on sale again. */
export const setProductStatus =
  (transact: Transact<Ports>) =>
  (productId: string, status: ProductStatus, by: Actor): Promise<EditOutcome> =>
    editProduct(transact, { productId: asId(productId) }, { type: 'SetStatus', status }, by);

const editProduct = (
  transact: Transact<Ports>,
  which: ProductKey,
  command: EditCommand,
  by: Actor,
): Promise<EditOutcome> =>
  transact(async (ports) => {
    const found = await ports.products.whose(which);
    if (!found) return refuse('NOT_FOUND');
    const seller = await ports.sellers.lock(found.sellerId, 'read');
    const product = await ports.products.lockOne(found.productId);
    const decision = edit(command, product, seller, asEditor(by));
    if (!decision.ok) return decision;
    const change = edited(product, decision.events);
    if (change) await commitChanges(ports, seller, [change]);
    return { ok: true, productId: found.productId };
  });
