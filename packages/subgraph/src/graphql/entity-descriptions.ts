/** What the entities that several subgraphs share are called in the SDL: one text each, or composition gives hints. */
export const entityDescriptions = {
  User: 'An account: somebody who buys, and perhaps sells.',
  Seller: 'The public profile of an account that sells.',
  Product: 'Something that a seller offers, in one or more variants.',
  ProductVariant: 'One article of a product: what goes into a cart.',
  Order: 'A purchase: what was bought from whom, and how far it has come.',
} as const;
