import { type Client, dataOf } from '@emporium/client';
import Big from 'big.js';

/** What the shop sells of one seller, by SKU. */
export type ShopCatalogue = ReadonlyMap<string, { readonly variantId: string; readonly price: Big }>;

type Page = {
  products: {
    edges: { node: { variants: { id: string; sku: string; price: { amount: string } }[] } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

const operation = /* GraphQL */ `
  query Catalogue($after: String, $sellerId: ID!) {
    products(first: 100, after: $after, filter: { sellerId: $sellerId }, sort: TITLE) {
      edges { node { variants { id sku price { amount } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** Reads a seller's whole catalogue, page by page. */
export const readCatalogue = async (client: Client, sellerId: string): Promise<ShopCatalogue> => {
  const catalogue = new Map<string, { variantId: string; price: Big }>();
  let after: string | null = null;
  do {
    const { products }: Page = dataOf(await client.request<Page>(operation, { after, sellerId }));
    for (const { node } of products.edges) {
      for (const { id, sku, price } of node.variants)
        catalogue.set(sku, { variantId: id, price: new Big(price.amount) });
    }
    after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
  } while (after !== null);
  return catalogue;
};
