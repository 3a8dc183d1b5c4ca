import { setTimeout as delay } from 'node:timers/promises';
import { type Client, dataOf } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { inBatches } from '../terminal/in-batches.ts';

export type Opening = {
  readonly sku: string;
  readonly variantId: string;
  readonly units: number;
  /** What its idempotency key is made of; the SKU if nothing is said. */
  readonly key?: string;
};

export type StockUploaded = {
  readonly refused: readonly { sku: string; code: string; message: string }[];
  /** How many variants had another opening stock already. */
  readonly kept: number;
};

type Result =
  | { __typename: 'ProductVariant' }
  | { __typename: 'AdjustStockRefusal'; code: string; message: string };

const operation = /* GraphQL */ `
  mutation OpeningStock($input: BulkAdjustStockInput!) {
    bulkAdjustStock(input: $input) {
      results { __typename ... on AdjustStockRefusal { code message } }
    }
  }
`;

/** What one call may put on the shelf: more goes in several. */
const highestDelta = 1_000_000;

/** How long inventory may take to hear of new variants, in milliseconds. */
const patience = 60_000;

/**
 * Puts the opening stock on the shelf, 200 variants a call, each under a key of its own: a second run adds nothing, and
 * one of another file leaves the stock of variants that have their opening stock already, and counts them as `kept`.
 * Inventory hears of new variants by event, so the ones that it does not know yet are sent again. Answers the refused, too.
 */
export const uploadStock = async (
  seller: Client,
  openings: readonly Opening[],
  onProgress: (variants: number) => void,
): Promise<StockUploaded> => {
  const deadline = performance.now() + patience;
  const refused: { sku: string; code: string; message: string }[] = [];
  let kept = 0;
  let waiting = inBatches(openings.flatMap(inParts), 200);
  while (waiting.length > 0) {
    const unheard: Opening[] = [];
    for (const batch of waiting) {
      const results = await adjust(seller, batch);
      const settled = batch.filter((opening, index) => {
        const result = results[index];
        if (result?.__typename !== 'AdjustStockRefusal') return true;
        if (result.code === 'NOT_FOUND') unheard.push(opening);
        else if (result.code === 'IDEMPOTENCY_MISMATCH') kept += 1;
        else refused.push({ sku: opening.sku, code: result.code, message: result.message });
        return result.code !== 'NOT_FOUND';
      });
      onProgress(settled.length);
    }
    if (unheard.length > 0 && performance.now() > deadline) {
      throw new CommandError(
        'INVENTORY_LAGS',
        `Inventory has not heard of ${unheard.length} variants for ${patience / 1000} s. Run the import again.`,
      );
    }
    if (unheard.length > 0) await delay(200);
    waiting = inBatches(unheard, 200);
  }
  return { refused, kept };
};

const inParts = ({ units, ...opening }: Opening): Opening[] =>
  Array.from({ length: Math.ceil(units / highestDelta) }, (_, part) => ({
    ...opening,
    key: part === 0 ? opening.sku : `${opening.sku}:${part + 1}`,
    units: Math.min(highestDelta, units - part * highestDelta),
  }));

const adjust = async (seller: Client, batch: readonly Opening[]): Promise<Result[]> => {
  const adjustments = batch.map(({ sku, key = sku, variantId, units }) => ({
    variantId,
    delta: units,
    kind: 'RECEIPT',
    reason: 'Opening stock of the imported catalogue',
    idempotencyKey: `opening-stock:${key}`,
  }));
  const answer = await seller.request<{ bulkAdjustStock: { results: Result[] } }>(operation, {
    input: { adjustments },
  });
  return dataOf(answer).bulkAdjustStock.results;
};
