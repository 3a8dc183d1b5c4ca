/** Compares a day with the card providers' reports, and shows what differs: `npm run reconcile -- --date 2026-11-26`. */
import { parseArgs } from 'node:util';
import { type Client, dataOf } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { endpoint } from '../terminal/endpoint.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';
import { table } from '../terminal/table.ts';
import { type Amount, type Case, type Compared, cases, type Run, reconcile } from './operations.ts';

const usage = `npm run reconcile -- [options]
  --date <YYYY-MM-DD>  the day, of UTC (yesterday)
  --admin <e-mail>     an administrator (admin@emporium.test)
  --password <text>    theirs
  --url <endpoint>     the gateway's

Ends with 1 when a report could not be compared, or a difference is open.`;

const yesterday = (): string => {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 'YYYY-MM-DD'.length);
};

/** As many as a page may hold. */
const atOnce = 100;

const compareDay = async (admin: Client, date: string): Promise<readonly Run[]> => {
  const { compared } = dataOf(await admin.request<{ compared: Compared }>(reconcile, { date }));
  if (compared.__typename === 'ReconciliationRefusal')
    throw new CommandError(compared.code, compared.message);
  const { runs } = compared;
  const isLast = (run: Run) => runs.find(({ provider }) => provider === run.provider) === run;
  return runs.filter(isLast);
};

type Page = {
  readonly reconciliation: {
    readonly cases: {
      readonly edges: readonly { readonly node: Case }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  } | null;
};

const openCases = async (admin: Client, date: string, after: string | null = null): Promise<Case[]> => {
  const { reconciliation } = dataOf(await admin.request<Page>(cases, { date, first: atOnce, after }));
  if (!reconciliation) return [];
  const { edges, pageInfo } = reconciliation.cases;
  const found = edges.map(({ node }) => node);
  return pageInfo.hasNextPage ? [...found, ...(await openCases(admin, date, pageInfo.endCursor))] : found;
};

const textOf = (amount: Amount | null): string | null => amount && `${amount.amount} ${amount.currency}`;

const showRuns = (runs: readonly Run[]): string =>
  table(
    runs.flatMap(({ provider, status, failure, totals }) => {
      const nothing = { outcome: failure ?? status, movements: 0, reported: null, booked: null };
      return (totals.length > 0 ? totals : [nothing]).map((total) => ({ provider, ...total }));
    }),
    {
      provider: ({ provider }) => provider,
      outcome: ({ outcome }) => outcome,
      movements: ({ movements }) => movements,
      reported: ({ reported }) => textOf(reported),
      booked: ({ booked }) => textOf(booked),
    },
    'No provider gives reports.',
  );

const showCases = (open: readonly Case[]): string =>
  table(
    open,
    {
      case: ({ id }) => id,
      provider: ({ provider }) => provider,
      difference: ({ kind }) => kind,
      movement: ({ movement }) => movement,
      reported: ({ reported }) => textOf(reported),
      booked: ({ booked }) => textOf(booked),
      'suggested journal': ({ suggestedJournal }) =>
        suggestedJournal
          .map(({ side, account, amount }) => `${side.toLowerCase()} ${account} ${amount.amount}`)
          .join(', '),
    },
    'No difference is open.',
  );

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      date: { type: 'string', default: yesterday() },
      admin: { type: 'string', default: 'admin@emporium.test' },
      password: { type: 'string', default: demoPassword },
      url: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const { date } = values;
  const admin = await signInAs(endpoint(values.url), values.admin, values.password);
  const runs = await compareDay(admin, date);
  const open = await openCases(admin, date);
  process.stdout.write(`${date}\n\n${showRuns(runs)}\n${showCases(open)}`);
  if (open.length > 0 || runs.some(({ status }) => status === 'FAILED')) process.exitCode = 1;
});
