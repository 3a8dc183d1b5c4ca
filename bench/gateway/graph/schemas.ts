const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external"])`;

/** Three subgraphs: a list in one, of whose items the two others know more. */
export const schemas = {
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
