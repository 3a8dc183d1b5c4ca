import { type Connection, cursorExpired, type Page, toConnection } from '@emporium/subgraph';
import DataLoader from 'dataloader';
import type { Listed, Onlooker, ProductView } from '../application/catalogue.ts';
import {
  type Found,
  type Highlights,
  type SearchEngine,
  SearchInterrupted,
  type SearchSort,
  type Understood,
  type Wanted,
} from '../application/search-engine.ts';

type Part = 'page' | 'total' | 'facets';

/** The parts of one search that a document asks for, found together: the engine is asked once. */
export type SearchAnswer = {
  readonly page: () => Promise<Connection<ProductView>>;
  readonly total: () => Promise<number>;
  readonly facets: () => Promise<Found['facets']>;
  /** What was looked for instead; null where nothing was, or where it found nothing either. */
  readonly correctedQuery: () => Promise<string | null>;
  /** Null for what left the shop meanwhile. */
  readonly highlights: (productId: string) => Promise<Highlights | null>;
};

export const openSearchAnswer = (
  engine: SearchEngine,
  understood: Understood,
  { page, ...wanted }: NonNullable<Wanted['page']> & { readonly page: Page },
  as: Onlooker,
): SearchAnswer => {
  const parts = new DataLoader<Part, Found>(async (asked) => {
    const found = await engine
      .find(
        understood,
        {
          page: asked.includes('page') ? wanted : null,
          total: asked.includes('total'),
          facets: asked.includes('facets'),
        },
        as,
      )
      .catch(sayWhy);
    return asked.map(() => found);
  });
  const highlights = new DataLoader<string, Highlights | null>(async (ids) => {
    const all = new Map(
      (await engine.highlight(understood, ids, as)).map((each) => [each.productId, each]),
    );
    return ids.map((id) => all.get(id) ?? null);
  });
  return {
    page: async () => {
      const { hits } = await parts.load('page');
      return toConnection(hits, page, cursorIn(wanted.sort), productOf);
    },
    total: async () => (await parts.load('total')).total,
    facets: async () => (await parts.load('facets')).facets,
    correctedQuery: async () => {
      if (understood.corrected === null) return null;
      return (await parts.load('total')).total > 0 ? understood.corrected : null;
    },
    highlights: (productId) => highlights.load(productId),
  };
};

const sayWhy = (error: unknown): never => {
  throw error instanceof SearchInterrupted ? cursorExpired() : error;
};

const productOf = ({ product }: Listed): ProductView => product;
const cursorIn =
  (sort: SearchSort) =>
  ({ key }: Listed): readonly string[] => [sort, ...key];
