import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external"])`;

/** Three subgraphs: a list in one, of whose items the two others know more. */
const schemas = {
  books: `${link}
    type Query { shelf(id: ID!): Shelf }
    type Shelf { id: ID! name: String! books: [Book!]! }
    type Book @key(fields: "id") { id: ID! title: String! pages: Int! author: Author! price: Price! }
    type Author { name: String! born: Int }
    type Price { amount: String! currency: String! }`,
  stock: `${link}
    type Book @key(fields: "id") { id: ID! copies: [Copies!] reserved: Int }
    type Copies { place: String! count: Int! }`,
  reviews: `${link}
    type Book @key(fields: "id") { id: ID! rating: Float reviews(first: Int = 5): [Review!] }
    type Review { id: ID! stars: Int! text: String! by: String! }`,
};

export type SubgraphName = keyof typeof schemas;
export const subgraphNames = Object.keys(schemas) as SubgraphName[];

/** The supergraph of subgraphs that are served at these addresses. */
export const composeSupergraph = (urls: Readonly<Record<SubgraphName, string>>): string => {
  const { supergraphSdl, errors } = composeServices(
    subgraphNames.map((name) => ({ name, url: urls[name], typeDefs: parse(schemas[name]) })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};
