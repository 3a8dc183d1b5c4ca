/** Rebuilds the copies that other subgraphs keep: products tells every variant again, or, with `stock`, inventory all stock. */
import { parseArgs } from 'node:util';
import { dataOf } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { endpoint } from '../terminal/endpoint.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';

const mutations = { catalogue: 'republishCatalogue', stock: 'republishStock' } as const;

runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: {
      admin: { type: 'string', default: 'admin@emporium.test' },
      password: { type: 'string', default: demoPassword },
      url: { type: 'string' },
    },
    allowPositionals: true,
  });
  const what = positionals[0] ?? 'catalogue';
  if (what !== 'catalogue' && what !== 'stock')
    throw new CommandError('USAGE', 'Say `catalogue` or `stock`: what is to be told again.');
  const admin = await signInAs(endpoint(values.url), values.admin, values.password);
  const { told } = dataOf(
    await admin.request<{ told: { count: number } }>(`mutation { told: ${mutations[what]} { count } }`),
  );
  process.stdout.write(
    `${told.count.toLocaleString('en')} variants are told again; copies follow within seconds.\n`,
  );
});
