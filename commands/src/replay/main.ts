/** Places the first sale invoices of a file as orders and reconciles: `npm run replay -- <file> --invoices 500`. */
import { parseArgs } from 'node:util';
import { connectAuditor } from '@emporium/audit';
import { dataOf } from '@emporium/client';
import { runningStack } from '@emporium/local-stack';
import { startProgress } from '@emporium/subgraph/progress';
import Big from 'big.js';
import { groupInvoices, isSale } from '../online-retail/invoices.ts';
import { readRows } from '../online-retail/read-rows.ts';
import { CommandError } from '../terminal/command-error.ts';
import { endpoint } from '../terminal/endpoint.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';
import { type Basket, toBasket } from './basket.ts';
import { readCatalogue, type ShopCatalogue } from './catalogue.ts';
import { explainDifferences } from './explain-differences.ts';
import { reconcile } from './reconcile.ts';
import { replayBaskets } from './replay-baskets.ts';
import { checkLines, explanationLines, leftOutLines } from './report.ts';

const usage =
  'npm run replay -- <file.csv or .csv.gz> [--invoices 500] [--seller <e-mail>] [--password <password>] [--url <endpoint>] [--audit <postgres URL>]';

const firstBaskets = async (file: string, count: number, catalogue: ShopCatalogue): Promise<Basket[]> => {
  const baskets: Basket[] = [];
  for await (const invoice of groupInvoices(readRows(file))) {
    if (isSale(invoice)) baskets.push(toBasket(invoice, catalogue));
    if (baskets.length === count) break;
  }
  return baskets;
};

const readOptions = () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      invoices: { type: 'string', default: '500' },
      seller: { type: 'string', default: 'seller@emporium.test' },
      password: { type: 'string', default: demoPassword },
      url: { type: 'string' },
      audit: { type: 'string' },
    },
  });
  const [file, ...rest] = positionals;
  const invoices = Number(values.invoices);
  if (!file || rest.length > 0 || !Number.isInteger(invoices) || invoices < 1)
    throw new CommandError('USAGE', usage);
  const auditorUrl = values.audit ?? runningStack()?.auditorUrl;
  if (!auditorUrl) {
    throw new CommandError(
      'NO_STACK',
      'No stack runs in this clone. Start one with `npm start`, or name the auditor’s database with --audit.',
    );
  }
  return { ...values, file, invoices, auditorUrl, url: endpoint(values.url) };
};

runCommand(async () => {
  const { file, invoices, seller: email, password, url, auditorUrl } = readOptions();
  const seller = await signInAs(url, email, password);
  const { me } = dataOf(await seller.request<{ me: { id: string } }>('{ me { id } }'));
  const catalogue = await readCatalogue(seller, me.id);
  const baskets = await firstBaskets(file, invoices, catalogue);
  const orderable = baskets.filter(({ quantities }) => quantities.size > 0);
  if (orderable.length === 0)
    throw new CommandError(
      'NOTHING_TO_ORDER',
      `${email} sells nothing that is on these invoices. Import the catalogue first: npm run import:catalog -- ${file}`,
    );

  const progress = startProgress('orders', orderable.length, 'orders');
  const replayed = await replayBaskets(url, orderable, catalogue, progress.advance);
  progress.done();

  const auditor = connectAuditor(auditorUrl);
  const checks = await reconcile(auditor.query, replayed, catalogue);
  await auditor.end();
  const explanation = explainDifferences(baskets, (sku) => catalogue.get(sku)?.price ?? new Big(0));
  const empty = baskets.length - orderable.length;
  const lines = [
    `${baskets.length} invoices, ${orderable.length} orders${empty > 0 ? `; ${empty} invoices had nothing that the catalogue has` : ''}`,
    ...explanationLines(explanation),
    ...leftOutLines(baskets),
    ...checkLines(checks),
    '',
    'Data: D. Chen, "Online Retail", UCI Machine Learning Repository, 2015 (CC BY 4.0).',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (checks.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
});
