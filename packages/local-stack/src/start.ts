/** `npm start`, step by step. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { subgraphNames } from '@emporium/database';
import { buildServices } from './build.ts';
import { prepareDatabase } from './database-step.ts';
import type { Environment } from './environment.ts';
import { checkGivenServers } from './given-servers.ts';
import { startParts } from './parts.ts';
import { stopOrphans } from './processes/orphans.ts';
import type { Reporter } from './report/reporter.ts';
import { duration } from './report/reporter.ts';
import { placesIn } from './repository.ts';
import type { Roster } from './roster.ts';
import { loadSecrets } from './secrets.ts';
import { openShop } from './services/open-shop.ts';
import { serviceNames, serviceUrl } from './services/service-environment.ts';
import { fixedPorts, refuseBusyPorts, type ServicePorts } from './services/service-ports.ts';
import { claimDataFolder, publishStack } from './stack-file.ts';
import { supervise } from './supervise.ts';

/** What a start is made from. */
export type StartOptions = {
  root: string;
  dataFolder: string;
  env: Environment;
  watch: boolean;
  roster: Roster;
  report: Reporter;
};

/** Everything that can be refused is refused here, before anything is started. */
const checkGround = async ({ dataFolder, env, report }: StartOptions) => {
  claimDataFolder(dataFolder);
  const given = await checkGivenServers(env);
  const orphans = await stopOrphans(placesIn(dataFolder).run);
  keepLastLogs(placesIn(dataFolder));
  if (orphans.length > 0) report.line(`  Stopped what the last start left behind: ${orphans.join(', ')}`);
  const ports = await fixedPorts(env);
  await refuseBusyPorts(ports);
  return { given, ports };
};

/** Why the last start ended is in its logs: they stay until the start after this one. */
const keepLastLogs = ({ logs, lastLogs }: ReturnType<typeof placesIn>): void => {
  rmSync(lastLogs, { recursive: true, force: true });
  if (existsSync(logs)) renameSync(logs, lastLogs);
};

const closing = (ports: ServicePorts, logs: string, sinceMs: number): string =>
  [
    '',
    `Ready in ${duration(sinceMs)}.`,
    '',
    `  GraphQL      http://localhost:${ports.gateway}/graphql`,
    `  WebSocket    ws://localhost:${ports.gateway}/graphql`,
    `  GraphiQL     http://localhost:${ports.gateway}/graphiql`,
    '',
    '  buyer@emporium.test, seller@emporium.test, admin@emporium.test, support@emporium.test, password emporium-demo',
    '',
    `  npm run demo buys something. Logs are in ${path.relative(process.cwd(), logs)}. Ctrl-C stops everything.`,
    '',
  ].join('\n');

/** Brings the whole stack up and stays with it. @throws StackError, with what was started still on the roster. */
export const startStack = async (options: StartOptions): Promise<void> => {
  const { dataFolder, roster, report, root } = options;
  const since = performance.now();
  const { given, ports } = await checkGround(options);
  const secrets = loadSecrets(placesIn(dataFolder).secrets);
  const [parts] = await Promise.all([
    startParts({ dataFolder, secrets, given, roster, report }),
    report.step(
      'Build',
      (say) => buildServices({ root, dataFolder, roster }, say),
      (tasks) => [`${tasks} tasks, by turbo`],
    ),
  ]);
  await report.step(
    'Database',
    (say) => prepareDatabase(parts, secrets, say),
    (applied) => [
      `${subgraphNames.length} schemas, ${applied} migrations applied`,
      new URL(parts.database.admin).host,
    ],
  );
  const setting = { ...options, parts, ports, secrets };
  await openShop(setting);
  publishStack(dataFolder, {
    pid: process.pid,
    gatewayUrl: serviceUrl(ports, 'gateway'),
    urls: Object.fromEntries(serviceNames.map((name) => [name, serviceUrl(ports, name)])) as Record<
      (typeof serviceNames)[number],
      string
    >,
    database: parts.database,
    auditorUrl: parts.database.auditor,
    nats: parts.nats,
    redis: parts.redis,
  });
  supervise(roster, report);
  report.line(closing(ports, placesIn(dataFolder).logs, performance.now() - since));
};
