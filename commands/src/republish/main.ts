/** Rebuilds the copies of the catalogue that other subgraphs keep: products tells every variant again. */
import { parseArgs } from 'node:util';
import { dataOf } from '@emporium/client';
import { endpoint } from '../terminal/endpoint.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      admin: { type: 'string', default: 'admin@emporium.test' },
      password: { type: 'string', default: demoPassword },
      url: { type: 'string' },
    },
  });
  const admin = await signInAs(endpoint(values.url), values.admin, values.password);
  const { republishCatalogue } = dataOf(
    await admin.request<{ republishCatalogue: { count: number } }>(
      'mutation { republishCatalogue { count } }',
    ),
  );
  process.stdout.write(
    `${republishCatalogue.count.toLocaleString('en')} variants are told again; copies follow within seconds.\n`,
  );
});
