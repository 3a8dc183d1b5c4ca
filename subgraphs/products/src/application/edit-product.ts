import { asId, type Money, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { type CleanHtml, descriptionOf } from '../domain/description.ts';
import type { Specification } from '../domain/details.ts';
import { type EditCommand, type EditRefusal, edit } from '../domain/edit.ts';
import type { OptionValue } from '../domain/options.ts';
import type { ProductId, ProductStatus, VariantId } from '../domain/product.ts';
import type { VariantRevision } from '../domain/revise-variant.ts';
import { type Actor, asEditor } from './actor.ts';
import { commitChanges, edited } from './commit-changes.ts';
import type { Ports, ProductKey } from './ports.ts';

export type EditOutcome =
  | { readonly ok: true; readonly productId: ProductId }
  | { readonly ok: false; readonly refusal: EditRefusal };

/** Gives one of the actor's variants a new price; orders already placed keep theirs. */
export const updateVariantPrice =
  (transact: Transact<Ports>) =>
  (
    {
      variantId: id,
      ...repricing
    }: { variantId: string; price: Money; expectedVersion?: number | undefined },
    by: Actor,
  ): Promise<EditOutcome> => {
    const variantId = asId<'Variant'>(id);
    return editProduct(transact, { variantId }, { type: 'Reprice', variantId, ...repricing }, by);
  };

/** Revises one of the actor's variants, or retires it. */
export const updateVariant =
  (transact: Transact<Ports>) =>
  (
    { variantId: id, ...revision }: Omit<VariantRevision, 'type' | 'variantId'> & { variantId: string },
    by: Actor,
  ): Promise<EditOutcome> => {
    const variantId = asId<'Variant'>(id);
    return editProduct(transact, { variantId }, { type: 'ReviseVariant', variantId, ...revision }, by);
  };

/** Takes one of the actor's products off sale, or puts it on sale again. */
export const setProductStatus =
  (transact: Transact<Ports>) =>
  (productId: string, status: ProductStatus, by: Actor): Promise<EditOutcome> =>
    editProduct(transact, { productId: asId(productId) }, { type: 'SetStatus', status }, by);

/** What is to be different about a product; what is undefined stays as it is. */
export type ProductRevision = {
  readonly productId: string;
  readonly expectedVersion: number;
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly categorySlug?: string | null | undefined;
  readonly slug?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly specifications?: readonly Specification[] | undefined;
  readonly options?: readonly string[] | undefined;
  readonly variantOptions?:
    | readonly { readonly variantId: VariantId; readonly options: readonly OptionValue[] }[]
    | undefined;
};

/** Revises one of the actor's products, unless somebody else changed it since it was read. */
export const updateProduct =
  (transact: Transact<Ports>, clean: CleanHtml) =>
  ({ productId, categorySlug, ...revision }: ProductRevision, by: Actor): Promise<EditOutcome> => {
    const id = asId<'Product'>(productId);
    const description = descriptionOf(clean, revision.description);
    const command = async ({ categories, products }: Ports): Promise<EditCommand> => {
      const owner = revision.slug === undefined ? null : await products.ownerOfSlug(revision.slug);
      const known = await categories.idsBySlug(typeof categorySlug === 'string' ? [categorySlug] : []);
      return {
        type: 'Revise',
        ...revision,
        description,
        categoryId:
          typeof categorySlug === 'string' ? (known.get(categorySlug) ?? 'unknown') : categorySlug,
        isSlugTaken: owner !== null && owner !== id,
      };
    };
    return editProduct(transact, { productId: id }, command, by);
  };

const editProduct = (
  transact: Transact<Ports>,
  which: ProductKey,
  command: EditCommand | ((ports: Ports) => Promise<EditCommand>),
  by: Actor,
): Promise<EditOutcome> => transact((ports) => editWithin(ports, which, command, by));

/** Decides and saves, in a transaction that may have done other things and may do more. */
export const editWithin = async (
  ports: Ports,
  which: ProductKey,
  command: EditCommand | ((ports: Ports) => Promise<EditCommand>),
  by: Actor,
): Promise<EditOutcome> => {
  const found = await ports.products.whose(which);
  if (!found) return refuse('NOT_FOUND');
  const seller = await ports.sellers.lock(found.sellerId, 'read');
  const product = await ports.products.lockOne(found.productId);
  const wanted = typeof command === 'function' ? await command(ports) : command;
  const decision = edit(wanted, product, seller, asEditor(by));
  if (!decision.ok) return decision;
  const change = edited(product, decision.events);
  if (change) await commitChanges(ports, seller, [change]);
  return { ok: true, productId: found.productId };
};
