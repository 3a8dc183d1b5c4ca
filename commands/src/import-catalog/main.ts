/** Imports the catalogue that an Online Retail file implies: `npm run import:catalog -- <file> [--seller e-mail]`. */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startProgress } from '@emporium/subgraph/progress';
import { groupInvoices } from '../online-retail/invoices.ts';
import { readRows } from '../online-retail/read-rows.ts';
import { CommandError } from '../terminal/command-error.ts';
import { endpoint } from '../terminal/endpoint.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';
import { type Catalogue, collectCatalogue } from './collect-catalogue.ts';
import { report } from './report.ts';
import { uploadProducts } from './upload-products.ts';
import { uploadStock } from './upload-stock.ts';

const usage =
  'npm run import:catalog -- <file.csv or .csv.gz> [--seller <e-mail>] [--password <password>] [--url <endpoint>]';

const readCatalogue = async (file: string): Promise<Catalogue> => {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const progress = startProgress('reading the file', Math.ceil(size / 1024), 'KiB');
  const catalogue = await collectCatalogue(
    groupInvoices(readRows(file, (bytes) => progress.advance(bytes / 1024))),
  );
  progress.done();
  return catalogue;
};

runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      seller: { type: 'string', default: 'seller@emporium.test' },
      password: { type: 'string', default: demoPassword },
      url: { type: 'string' },
    },
  });
  const [file, ...rest] = positionals;
  if (!file || rest.length > 0) throw new CommandError('USAGE', usage);
  const seller = await signInAs(endpoint(values.url), values.seller, values.password);
  const catalogue = await readCatalogue(file);

  const products = startProgress('products', catalogue.entries.length, 'products');
  const uploaded = await uploadProducts(seller, catalogue.entries, products.advance);
  products.done();

  const openings = catalogue.entries.flatMap(({ sku, sold }) => {
    const variantId = uploaded.variants.get(sku);
    return variantId ? [{ sku, variantId, units: sold }] : [];
  });
  const stock = startProgress('opening stock', openings.length, 'variants');
  const stocked = await uploadStock(seller, openings, stock.advance);
  stock.done();
  for (const line of report(catalogue, uploaded, stocked)) process.stdout.write(`${line}\n`);
});
