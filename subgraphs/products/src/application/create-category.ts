import { asId, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { slugOf } from '../domain/slug.ts';
import type { NewCategory, Ports } from './ports.ts';

export type CategoryOutcome =
  | { readonly ok: true; readonly category: NewCategory }
  | { readonly ok: false; readonly refusal: 'SLUG_TAKEN' | 'PARENT_UNKNOWN' };

/** Adds a category, in another one or at the top; its slug is made from its name. */
export const createCategory =
  (transact: Transact<Ports>) =>
  ({ name, parentSlug }: { name: string; parentSlug: string | null }): Promise<CategoryOutcome> =>
    transact(async ({ categories, outdate, now, newId }): Promise<CategoryOutcome> => {
      const slug = slugOf(name);
      const known = await categories.idsBySlug(parentSlug === null ? [slug] : [slug, parentSlug]);
      if (known.has(slug)) return refuse('SLUG_TAKEN');
      const parentId = parentSlug === null ? null : known.get(parentSlug);
      if (parentId === undefined) return refuse('PARENT_UNKNOWN');
      const category: NewCategory = { id: asId(newId()), slug, name, parentId };
      await categories.add(category);
      await outdate([{ what: 'category', id: category.id }], await now());
      return { ok: true, category };
    });
