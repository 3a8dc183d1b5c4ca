import type { Client } from '@emporium/client';
import type { Answers } from './answers.ts';

const suggest = /* GraphQL */ `query ($typed: String!) { suggest(query: $typed) { text } }`;
const search = /* GraphQL */ `
  query ($words: String!) {
    search(query: $words, first: 20) {
      totalCount
      edges { node { id title variants { price { amount currency } availability { inStock } } } }
    }
  }
`;
const productPage = /* GraphQL */ `
  query ($id: ID!) {
    product(id: $id) {
      title
      description
      seller { displayName }
      variants { id title price { amount currency } availability { available inStock } }
    }
  }
`;

type Found = { readonly search: { readonly edges: readonly { readonly node: { readonly id: string } }[] } };

/** A visitor who types something, searches for it, and opens what was found: a question at each turn. */
export const createBrowsing = (visitor: Client, answers: Answers, titles: readonly string[]) => {
  let found: readonly string[] = [];
  const record = <Data>(document: string, variables: object) =>
    answers.record('browse', () => visitor.request<Data>(document, { ...variables }));

  return async (turn: number): Promise<void> => {
    const title = titles[turn % titles.length] ?? '';
    const opened = found[turn % found.length];
    if (turn % 4 === 0) await record(suggest, { typed: title.slice(0, 4) });
    else if (turn % 4 === 1 || opened === undefined) {
      const data = await record<Found>(search, { words: title.split(' ').slice(0, 2).join(' ') });
      const hits = data?.search.edges.map(({ node }) => node.id) ?? [];
      if (hits.length > 0) found = hits;
    } else await record(productPage, { id: opened });
  };
};
