import { type Client, dataOf } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { inBatches } from '../terminal/in-batches.ts';
import type { CatalogueEntry } from './collect-catalogue.ts';

type Row = {
  outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
  refusal: { code: string; message: string } | null;
  product: { variants: { id: string; sku: string }[] } | null;
};
type Answer = {
  bulkUpsertProducts:
    | { __typename: 'BulkUpsert'; rows: Row[] }
    | { __typename: 'ProductRefusal'; code: string; message: string };
};

const operation = /* GraphQL */ `
  mutation Import($input: BulkUpsertInput!) {
    bulkUpsertProducts(input: $input) {
      __typename
      ... on BulkUpsert { rows { outcome refusal { code message } product { variants { id sku } } } }
      ... on ProductRefusal { code message }
    }
  }
`;

/** What became of the products: counts by outcome, the refused ones, and each SKU's variant. */
export type Uploaded = {
  readonly outcomes: Readonly<Record<Row['outcome'], number>>;
  readonly refused: readonly { sku: string; code: string; message: string }[];
  readonly variants: ReadonlyMap<string, string>;
};

/** Creates or revises the products, 200 a call; a second run changes nothing. */
export const uploadProducts = async (
  seller: Client,
  entries: readonly CatalogueEntry[],
  onProgress: (products: number) => void,
): Promise<Uploaded> => {
  const outcomes = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 };
  const refused: { sku: string; code: string; message: string }[] = [];
  const variants = new Map<string, string>();
  for (const batch of inBatches(entries, 200)) {
    const products = batch.map(({ sku, title, price }) => ({
      title,
      variants: [{ sku, price: { amount: price, currency: 'GBP' } }],
    }));
    const { bulkUpsertProducts: result } = dataOf(
      await seller.request<Answer>(operation, { input: { products } }),
    );
    if (result.__typename === 'ProductRefusal') throw new CommandError(result.code, result.message);
    for (const [index, { outcome, refusal, product }] of result.rows.entries()) {
      outcomes[outcome] += 1;
      const sku = batch[index]?.sku ?? '';
      if (refusal) refused.push({ sku, ...refusal });
      const variant = product?.variants.find((one) => one.sku === sku);
      if (variant) variants.set(sku, variant.id);
    }
    onProgress(batch.length);
  }
  return { outcomes, refused, variants };
};
