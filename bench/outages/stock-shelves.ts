import type { Client } from '@emporium/client';
import { collectCatalogue } from '../../commands/src/import-catalog/collect-catalogue.ts';
import { uploadProducts } from '../../commands/src/import-catalog/upload-products.ts';
import { uploadStock } from '../../commands/src/import-catalog/upload-stock.ts';
import { groupInvoices, isSale } from '../../commands/src/online-retail/invoices.ts';
import { readRows } from '../../commands/src/online-retail/read-rows.ts';
import { type Basket, toBasket } from '../../commands/src/replay/basket.ts';

/** What one customer of the file ordered. */
export type CartLine = { readonly variantId: string; readonly quantity: number };
export type Shelves = {
  readonly titles: readonly string[];
  readonly baskets: readonly (readonly CartLine[])[];
};

const silent = () => undefined;

const firstBaskets = async (
  file: string,
  count: number,
  variants: ReadonlyMap<string, string>,
): Promise<readonly Basket[]> => {
  const baskets: Basket[] = [];
  for await (const invoice of groupInvoices(readRows(file))) {
    const basket = isSale(invoice) && toBasket(invoice, variants);
    if (basket && basket.quantities.size > 0) baskets.push(basket);
    if (baskets.length === count) return baskets;
  }
  throw new Error(
    `${file} has ${baskets.length} baskets, and ${count} are asked for: ask for fewer minutes.`,
  );
};

/** Puts the file's catalogue on sale, with all that it sold in stock; answers its titles, and its first baskets. */
export const stockShelves = async (seller: Client, file: string, baskets: number): Promise<Shelves> => {
  const { entries } = await collectCatalogue(groupInvoices(readRows(file)));
  const { variants } = await uploadProducts(seller, entries, silent);
  const openings = entries.flatMap(({ sku, sold }) => {
    const variantId = variants.get(sku);
    return variantId === undefined ? [] : [{ sku, variantId, units: sold }];
  });
  await uploadStock(seller, openings, silent);
  const ordered = await firstBaskets(file, baskets, variants);
  return {
    titles: entries.map(({ title }) => title),
    baskets: ordered.map(({ quantities }) =>
      [...quantities].map(([sku, quantity]) => ({ variantId: variants.get(sku) ?? '', quantity })),
    ),
  };
};
