import { productId } from './load.ts';
import { categories, makeProduct } from './products.ts';

/** One kind of question: how often it is asked, and what the turn-th is about. */
export type Question = {
  readonly name: string;
  readonly perSecond: number;
  readonly document: string;
  readonly variables: (turn: number, catalogue: Catalogue) => object;
  /** Whether the answer is one: null and empty ones are fast. */
  readonly isAnswered: (data: never) => boolean;
};

type Catalogue = { readonly size: number; readonly seed: number };

/** Spread over the catalogue, the same in every run. */
const numberAt = (turn: number, size: number): number => Math.floor(((turn * 0.618_033_988_75) % 1) * size);

const sorts = ['NEWEST', 'TITLE', 'PRICE_ASC', 'PRICE_DESC'];

const card =
  'id title seller { displayName } variants { id price { amount currency } availability { inStock } }';

type Edges = { readonly edges: readonly unknown[] };

export const questions: readonly Question[] = [
  {
    name: 'list',
    perSecond: 20,
    document: `query ($sort: ProductSort) { products(first: 20, sort: $sort) { edges { node { ${card} } } pageInfo { endCursor } } }`,
    variables: (turn) => ({ sort: sorts[turn % sorts.length] }),
    isAnswered: ({ products }: { products: Edges }) => products.edges.length === 20,
  },
  {
    name: 'filter by category',
    perSecond: 20,
    document: `query ($filter: ProductFilter, $sort: ProductSort) { products(first: 20, filter: $filter, sort: $sort) { edges { node { ${card} } } } }`,
    variables: (turn) => ({
      filter: { categorySlug: `category-${turn % categories}` },
      sort: sorts[turn % sorts.length],
    }),
    isAnswered: ({ products }: { products: Edges }) => products.edges.length > 0,
  },
  {
    name: 'search, typo, facets',
    perSecond: 20,
    document: `query ($query: String!) { search(query: $query, first: 20) {
      totalCount correctedQuery facets { name values { value label count } }
      edges { node { ${card} } highlights { title { text isMatch } } } } }`,
    variables: (turn, catalogue) => ({ query: mistypedAt(turn, catalogue) }),
    isAnswered: ({ search }: { search: Edges & { totalCount: number; correctedQuery: string | null } }) =>
      search.edges.length > 0 && search.totalCount > 0 && search.correctedQuery !== null,
  },
  {
    name: 'product page, 4 subgraphs',
    perSecond: 100,
    document: `query ($id: ID!) { cart { lines { quantity } } product(id: $id) {
      id title description category { name } seller { displayName }
      variants { id sku title price { amount currency } availability { available inStock } } } }`,
    variables: (turn, { size }) => ({ id: productId(numberAt(turn, size)) }),
    isAnswered: ({
      product,
    }: {
      product: { variants: { availability: unknown }[]; seller: unknown } | null;
    }) => product?.seller != null && product.variants.every(({ availability }) => availability !== null),
  },
];

/** Two words of a product's title: what it is, mistyped, and in half of all turns its maker, else its material. */
const mistypedAt = (turn: number, { size, seed }: Catalogue): string => {
  for (let number = numberAt(turn, size); ; number = (number + 1) % size) {
    const [maker = '', , material = '', noun = ''] = makeProduct(seed, number).title.split(' ');
    if (noun.length >= 6) return `${mistype(noun, turn)} ${turn % 2 === 0 ? maker : material}`;
  }
};

/** Leaves out a letter in the middle, or swaps two that differ. */
const mistype = (word: string, turn: number): string => {
  const at = Math.floor(word.length / 2);
  const [before, letter, next] = [word.slice(0, at), word.slice(at, at + 1), word.slice(at + 1, at + 2)];
  return turn % 4 < 2 || letter === next
    ? before + word.slice(at + 1)
    : `${before}${next}${letter}${word.slice(at + 2)}`;
};
