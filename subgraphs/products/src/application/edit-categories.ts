import { asId, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { type PlacingRefusal, place, treeOf } from '../domain/category-tree.ts';
import { folded } from '../domain/details.ts';
import { freeSlug, slugOf } from '../domain/slug.ts';
import type { Category, Ports } from './ports.ts';

export type CategoryOutcome =
  | { readonly ok: true; readonly category: Category }
  | {
      readonly ok: false;
      readonly refusal: 'NOT_FOUND' | 'SLUG_TAKEN' | 'PARENT_UNKNOWN' | 'NOT_EMPTY' | PlacingRefusal;
    };

/** Adds a category, in another one or at the top; its slug is made from its name, which is no other's. */
export const createCategory =
  (transact: Transact<Ports>) =>
  ({ name, parentSlug }: { name: string; parentSlug: string | null }): Promise<CategoryOutcome> =>
    transact(async (ports): Promise<CategoryOutcome> => {
      const all = await ports.categories.lockAll();
      if (all.some((category) => folded(category.name) === folded(name))) return refuse('SLUG_TAKEN');
      // "C++" and "C#" are two names, and make one slug.
      const slug = freeSlug(slugOf(name, 'category'), new Set(all.map((category) => category.slug)));
      const parent = parentSlug === null ? null : bySlug(all, parentSlug);
      if (parent === undefined) return refuse('PARENT_UNKNOWN');
      const category = { id: asId<'Category'>(ports.newId()), slug, name, parentId: parent?.id ?? null };
      return save(ports, [...all, category], category);
    });

/** What is undefined stays as it is; a null parent is the top. */
export type CategoryRevision = {
  readonly slug: string;
  readonly name?: string | undefined;
  readonly parentSlug?: string | null | undefined;
};

/** Renames a category, moves it with all that stands in it, or both; its slug stays. */
export const updateCategory =
  (transact: Transact<Ports>) =>
  ({ slug, name, parentSlug }: CategoryRevision): Promise<CategoryOutcome> =>
    transact(async (ports): Promise<CategoryOutcome> => {
      const all = await ports.categories.lockAll();
      const known = bySlug(all, slug);
      if (!known) return refuse('NOT_FOUND');
      const parent = typeof parentSlug === 'string' ? bySlug(all, parentSlug) : null;
      if (parent === undefined) return refuse('PARENT_UNKNOWN');
      const parentId = parentSlug === undefined ? known.parentId : (parent?.id ?? null);
      return save(ports, all, { ...known, name: name ?? known.name, parentId });
    });

/** Removes a category in which nothing stands: neither a category nor a product, on sale or not. */
export const deleteCategory =
  (transact: Transact<Ports>) =>
  (slug: string): Promise<CategoryOutcome> =>
    transact(async ({ categories, outdate, now }): Promise<CategoryOutcome> => {
      const all = await categories.lockAll();
      const category = bySlug(all, slug);
      if (!category) return refuse('NOT_FOUND');
      if (all.some(({ parentId }) => parentId === category.id)) return refuse('NOT_EMPTY');
      if (!(await categories.removeEmpty(category.id))) return refuse('NOT_EMPTY');
      await outdate([{ what: 'category', id: null }], await now());
      return { ok: true, category };
    });

const bySlug = (all: readonly Category[], slug: string): Category | undefined =>
  all.find((category) => category.slug === slug);

const save = async (
  { categories, outdate, now }: Ports,
  all: readonly Category[],
  category: Category,
): Promise<CategoryOutcome> => {
  const placing = place(treeOf(all), category.id, category.parentId);
  if (!placing.ok) return placing;
  await categories.save(category);
  // Paths of all that stands below change with it.
  await outdate([{ what: 'category', id: null }], await now());
  return { ok: true, category };
};
