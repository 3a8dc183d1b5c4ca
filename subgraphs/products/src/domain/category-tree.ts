/** Categories stand in one another: a forest. No clock, no ids, no I/O. */
import { accept, type Decision, refuse } from '@emporium/domain';

type Node = { readonly id: string; readonly parentId: string | null };

/** As many levels as a shop can be browsed by, and a bound on what a path costs. */
export const mostLevels = 8;

export type CategoryTree<Category extends Node> = {
  /** From the top down to the category itself; empty when there is no such category. */
  readonly pathOf: (id: string) => readonly Category[];
  /** Those that stand in it, in the order in which they were given. */
  readonly childrenOf: (id: string) => readonly Category[];
};

/** Ends even if somebody made a circle by hand. */
export const treeOf = <Category extends Node>(all: readonly Category[]): CategoryTree<Category> => {
  const byId = new Map(all.map((category) => [category.id, category]));
  const byParent = new Map<string | null, Category[]>();
  for (const category of all) {
    const siblings = byParent.get(category.parentId);
    if (siblings) siblings.push(category);
    else byParent.set(category.parentId, [category]);
  }
  return {
    pathOf: (id) => {
      const path = new Set<Category>();
      let category = byId.get(id);
      while (category && !path.has(category)) {
        path.add(category);
        category = byId.get(category.parentId ?? '');
      }
      return [...path].reverse();
    },
    childrenOf: (id) => byParent.get(id) ?? [],
  };
};

export type PlacingRefusal = 'WOULD_CIRCLE' | 'TOO_DEEP';

/** Whether a category, with all below it, may stand in `parentId`, or at the top. */
export const place = <Category extends Node>(
  tree: CategoryTree<Category>,
  id: string,
  parentId: string | null,
): Decision<never, PlacingRefusal> => {
  const above = parentId === null ? [] : tree.pathOf(parentId);
  if (above.some((category) => category.id === id)) return refuse('WOULD_CIRCLE');
  const room = mostLevels - above.length;
  return reaches(tree, id, room + 1) ? refuse('TOO_DEEP') : accept();
};

/** Whether the category and those below it are so many levels. */
const reaches = <Category extends Node>(
  tree: CategoryTree<Category>,
  id: string,
  levels: number,
): boolean => levels <= 1 || tree.childrenOf(id).some((child) => reaches(tree, child.id, levels - 1));
