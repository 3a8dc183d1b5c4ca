/** Fills a new database once, through the services' own use cases, so that their events flow as for anything else. */
import { withClient } from '@emporium/database';
import { lastLines } from '../processes/child.ts';
import { placesIn } from '../repository.ts';
import { StackError } from '../stack-error.ts';
import { serviceUrl } from './service-environment.ts';
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

const seedOne = async (
  options: ServicesOptions,
  name: (typeof order)[number],
  program: string,
): Promise<void> => {
  const withGateway = {
    ...options,
    extraEnv: {
      [name]: { ...options.extraEnv?.[name], GATEWAY_URL: serviceUrl(options.ports, 'gateway') },
    },
  };
  const label = `${name}-seed`;
  const { code } = await options.roster.run(() => startProgram(withGateway, name, [program], label));
  if (code === 0) return;
  const logFile = `${placesIn(options.dataFolder).logs}/${label}.log`;
  throw new StackError(`The seeds of ${name} failed. The end of ${logFile}:\n${lastLines(logFile)}`);
};

/** Runs `dist/seed.js` of each subgraph that has one, unless this database had it already; answers which ran. */
export const seedOnce = async (
  options: ServicesOptions,
  say: (progress: string) => void = () => undefined,
): Promise<string[]> => {
  const { admin } = options.parts.database;
  const had = await seedsIn(admin);
  const ran: string[] = [];
  for (const name of order) {
    const program = builtProgram(options.root, name, 'seed');
    if (program === undefined || had.has(name)) continue;
    say(name);
    await seedOne(options, name, program);
    await markSeeded(admin, name);
    ran.push(name);
  }
  return ran;
};
