import type { Entry, FileRow, Position, RowProblem } from '../../application/imports/import-ports.ts';
import { mostVariants } from '../../domain/product-limits.ts';
import type { SaidOfProduct } from './columns.ts';
import type { RowRead, Variant } from './read-row.ts';

/** Rows that belong together, and where reading has come to with them. */
export type Group = { readonly entries: readonly Entry[]; readonly position: Position };

/** However many rows say that they are one product, so many are held at once. */
const mostHeld = 500;

/** Gathers the rows of one product, and those between that make no sense. */
export const openGroup = (key: string | null) => {
  const rows: FileRow[] = [];
  const variants: Variant[] = [];
  const refused: Entry[] = [];
  let lead: SaidOfProduct | null = null;
  let position: Position = { lastRow: 0, chain: '', bytes: 0 };

  const problemOf = (said: SaidOfProduct): RowProblem | null => {
    if (lead === null && said.title === undefined)
      return { code: 'BAD_VALUE', field: 'title', message: 'A title has at least one character.' };
    if (variants.length === mostVariants)
      return {
        code: 'TOO_MANY_VARIANTS',
        field: 'product',
        message: `A product has at most ${mostVariants} variants.`,
      };
    const differing = lead && differingIn(lead, said);
    return differing
      ? {
          code: 'ROWS_DISAGREE',
          field: differing,
          message: 'Rows of one product say the same of it, or nothing.',
        }
      : null;
  };

  return {
    key,
    isFull: () => rows.length + refused.length >= mostHeld,
    add: (row: FileRow, read: RowRead, at: Position): void => {
      position = at;
      const problem = read.ok ? problemOf(read.product) : read.problem;
      if (problem) refused.push({ key: null, rows: [row], said: { ok: false, problem } });
      else if (read.ok) {
        lead ??= read.product;
        rows.push(row);
        variants.push(read.variant);
      }
    },
    close: (): Group => {
      const { title } = lead ?? {};
      const offered: Entry[] =
        title === undefined
          ? []
          : [{ key, rows, said: { ok: true, product: { ...lead, title, variants } } }];
      return { entries: [...offered, ...refused], position };
    },
  };
};

const columnNames: Partial<Record<keyof SaidOfProduct, string>> = { categorySlug: 'category' };

/** What a further row says otherwise than the first; what it leaves empty it does not say. */
const differingIn = (lead: SaidOfProduct, said: SaidOfProduct): string | null => {
  const fields = Object.keys(said) as (keyof SaidOfProduct)[];
  const differing = fields.find((field) => {
    const text = JSON.stringify(said[field] ?? null);
    return text !== 'null' && text !== '[]' && text !== JSON.stringify(lead[field]);
  });
  return differing ? (columnNames[differing] ?? differing) : null;
};
