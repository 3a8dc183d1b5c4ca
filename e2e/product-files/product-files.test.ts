import { describe, expect, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const shop = openShop(wholeGraph().gatewayUrl);

const startImport = /* GraphQL */ `
  mutation { startProductImport { ... on ProductImportStart { url import { id } } } }
`;
const follow = /* GraphQL */ `
  query ($id: ID!) { productImport(id: $id) { status percent created updated unchanged refused } }
`;
const requestExport = 'mutation { requestProductExport { ... on ProductExport { url } } }';

type Started = { startProductImport: { url: string; import: { id: string } } };
type Exported = { requestProductExport: { url: string } };

describe('a seller’s products', () => {
  it('go out as a file, and come in again through the address that the gateway gave', async () => {
    const seller = await shop.newSeller();
    const { sku } = await shop.newArticle(seller, { title: '=Mug' });
    const { requestProductExport } = await shop.ask<Exported>(seller, requestExport);
    const file = await (await fetch(requestProductExport.url)).text();
    expect(file).toContain(`'=Mug`);

    const importOf = async (text: string) => {
      const { startProductImport: start } = await shop.ask<Started>(seller, startImport);
      expect((await fetch(start.url, { method: 'PUT', body: text })).status).toBe(200);
      return shop.ask(seller, follow, { id: start.import.id });
    };
    const counts = { status: 'DONE', percent: 100, created: 0, updated: 0, unchanged: 0, refused: 0 };
    expect(await importOf(file)).toEqual({ productImport: { ...counts, unchanged: 1 } });
    const more = file.replace(sku, `${sku}-2`);
    expect(await importOf(more.replace('=Mug', 'Jug'))).toEqual({
      productImport: { ...counts, created: 1 },
    });
  });
});
