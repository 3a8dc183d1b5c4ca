/** For tests: the paths beside GraphQL that files of products take, on a port of their own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { receiveImport } from './infrastructure/csv/receive-import.ts';
import { sendExport } from './infrastructure/csv/send-export.ts';
import type { Shop, seller } from './test-shop.ts';

type Viewer = typeof seller;
/** As a test looks at it. */
// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects.
type Json = any;

export const serveFiles = async (shop: Shop) => {
  const [take, give] = [receiveImport(shop.app), sendExport(shop.prisma)];
  const server = createServer((request, response) => {
    const isImport = request.url?.startsWith('/catalogue/imports/') ?? false;
    Promise.resolve(isImport ? take(request, response) : give(request, response)).catch(() =>
      response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const here = (url: string) => url.replace('http://files.test', `http://127.0.0.1:${port}`);

  const start = async (as: Viewer): Promise<{ id: string; url: string }> => {
    const { data } = await shop.ask(
      as,
      'mutation { startProductImport { ... on ProductImportStart { url import { id status } } ... on ProductRefusal { code } } }',
    );
    const { url, import: started, code } = data.startProductImport;
    if (code) throw new Error(code);
    return { id: started.id, url: here(url) };
  };

  return {
    port,
    start,
    send: async (url: string, body: string | Uint8Array<ArrayBuffer>) => {
      const response = await fetch(url, { method: 'PUT', body });
      return { status: response.status, body: (await response.json()) as Json };
    },
    /** What is shown of an import, and of its rows. */
    follow: async (as: Viewer, id: string, outcome?: string): Promise<Json> => {
      const { data } = await shop.ask(
        as,
        `query ($id: ID!, $outcome: BulkUpsertOutcome) { productImport(id: $id) {
          status rowsDone created updated unchanged refused percent problem { code row field }
          rows(first: 100, outcome: $outcome) {
            edges { node { row sku outcome code field } } pageInfo { hasNextPage endCursor }
          }
        } }`,
        { id, outcome },
      );
      const shown = data.productImport;
      return shown && { ...shown, rows: shown.rows.edges.map(({ node }: Json) => node) };
    },
    fetchExport: async (as: Viewer): Promise<Response> => {
      const { data } = await shop.ask(
        as,
        'mutation { requestProductExport { ... on ProductExport { url } ... on ProductRefusal { code } } }',
      );
      if (data.requestProductExport.code) throw new Error(data.requestProductExport.code);
      return fetch(here(data.requestProductExport.url));
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

export type Files = Awaited<ReturnType<typeof serveFiles>>;
