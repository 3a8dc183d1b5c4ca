/** Fills a new database once, through the services' own use cases, so that their events flow as for anything else. */
import { withClient } from '@emporium/database';
import { lastLines } from '../processes/child.ts';
import { placesIn } from '../repository.ts';
import { StackError } from '../stack-error.ts';
import { builtProgram, type ServicesOptions, startProgram } from './start-services.ts';

/** Sellers before what they sell, products before their stock. */
const order = ['users', 'products', 'inventory', 'orders', 'payments'] as const;

/** In the database itself, so that another database is seeded anew; in `public`, which is closed to all services. */
const marks = 'public.emporium_seeds';

const seedsIn = (adminUrl: string): Promise<Set<string>> =>
  withClient(adminUrl, async (client) => {
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${marks} (subgraph text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await client.query<{ subgraph: string }>(`SELECT subgraph FROM ${marks}`);
    return new Set(rows.map(({ subgraph }) => subgraph));
  });

const markSeeded = (adminUrl: string, subgraph: string): Promise<unknown> =>
  withClient(adminUrl, (client) =>
    client.query(`INSERT INTO ${marks} (subgraph) VALUES ($1) ON CONFLICT DO NOTHING`, [subgraph]),
  );

const seedOne = async (options: ServicesOptions, { name, program }: Seed): Promise<void> => {
  const label = `${name}-seed`;
  const { code } = await options.roster.run(() => startProgram(options, name, [program], label));
  if (code === 0) return;
  const logFile = `${placesIn(options.dataFolder).logs}/${label}.log`;
  throw new StackError(`The seeds of ${name} failed. The end of ${logFile}:\n${lastLines(logFile)}`);
};

/** A program that fills one subgraph's tables. */
export type Seed = { readonly name: (typeof order)[number]; readonly program: string };

/** `dist/seed.js` of each subgraph that has one, unless this database had it already; in the order in which they run. */
export const missingSeeds = async (options: ServicesOptions): Promise<readonly Seed[]> => {
  const had = await seedsIn(options.parts.database.admin);
  return order.flatMap((name) => {
    const program = builtProgram(options.root, name, 'seed');
    return program === undefined || had.has(name) ? [] : [{ name, program }];
  });
};

/** Runs them; their services must be up, since events flow through these. */
export const runSeeds = async (
  options: ServicesOptions,
  seeds: readonly Seed[],
  say: (progress: string) => void,
): Promise<void> => {
  for (const seed of seeds) {
    say(seed.name);
    await seedOne(options, seed);
    await markSeeded(options.parts.database.admin, seed.name);
  }
};
