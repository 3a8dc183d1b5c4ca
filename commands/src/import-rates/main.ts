/** Sets the rates that sellers are paid by, from a file of the ECB's reference rates: `npm run import:rates -- <file>`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dataOf } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { endpoint } from '../terminal/endpoint.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';
import { readReferenceRates } from './read-reference-rates.ts';

const usage =
  'npm run import:rates -- <eurofxref.csv or eurofxref-hist.csv> [--since YYYY-MM-DD] [--admin <e-mail>] [--password <password>] [--url <endpoint>]';

const mutation = `mutation ($input: SettlementRatesInput!) {
  set: setSettlementRates(input: $input) { __typename ... on SettlementRefusal { message } }
}`;

const readFile = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CommandError('FILE_NOT_FOUND', `There is no file ${file}. Give the path of a .csv file.`);
  }
};

runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      since: { type: 'string', default: '1999-01-01' },
      admin: { type: 'string', default: 'admin@emporium.test' },
      password: { type: 'string', default: demoPassword },
      url: { type: 'string' },
    },
  });
  const [file, ...rest] = positionals;
  if (!file || rest.length > 0) throw new CommandError('USAGE', usage);
  const days = readReferenceRates(readFile(file)).filter(({ onDate }) => onDate >= values.since);
  const admin = await signInAs(endpoint(values.url), values.admin, values.password);
  let refused = 0;
  for (const { onDate, rates } of days) {
    if (rates.length === 0) continue;
    const input = { onDate, source: 'ECB', rates };
    const { set } = dataOf(await admin.request<{ set: { message?: string } }>(mutation, { input }));
    if (set.message === undefined) continue;
    refused += 1;
    process.stdout.write(`${set.message}\n`);
  }
  process.stdout.write(
    `${(days.length - refused).toLocaleString('en')} of ${days.length.toLocaleString('en')} days are set.\n`,
  );
  if (refused > 0) process.exitCode = 1;
});
