/** The three servers under the services: those given, else private ones of our own. */
import { type DatabaseUrls, databaseUrls } from '@emporium/database';
import type { GivenServers } from './given-servers.ts';
import { startNats } from './nats/nats.ts';
import { type NatsUser, natsUsers } from './nats/nats-accounts.ts';
import { startPostgres } from './postgres/postgres.ts';
import { freePort } from './processes/free-port.ts';
import { startRedis } from './redis/redis.ts';
import type { Reporter } from './report/reporter.ts';
import { placesIn } from './repository.ts';
import type { Roster } from './roster.ts';
import type { Secrets } from './secrets.ts';

/** Where the services find their servers. */
export type Parts = { database: DatabaseUrls; nats: Record<NatsUser, string>; redis: string };

/** What the servers are started from. */
export type PartsOptions = {
  dataFolder: string;
  secrets: Secrets;
  given: GivenServers;
  roster: Roster;
  report: Reporter;
  /** Settings for our own Postgres. */
  postgresSettings?: readonly string[];
  /** Whether our own NATS syncs every message before it acknowledges it. */
  natsSyncsEveryWrite?: boolean;
};

const hostOf = (url: string): string => new URL(url).host;

const postgresPart = async ({
  dataFolder,
  secrets,
  given,
  roster,
  postgresSettings = [],
}: PartsOptions) => {
  if (given.database !== undefined) return { url: given.database, source: 'DATABASE_URL' };
  const places = placesIn(dataFolder);
  const options = {
    dataFolder: places.postgres,
    port: await freePort(),
    password: secrets.postgres,
    logFile: `${places.logs}/postgres.log`,
    pidFolder: places.run,
    settings: postgresSettings,
  };
  const { started } = await roster.start('postgres', () => startPostgres(options));
  return { url: started.adminUrl, source: `${started.source} (Postgres ${started.version})` };
};

const natsPart = async ({ dataFolder, secrets, given, roster, natsSyncsEveryWrite }: PartsOptions) => {
  if (given.nats !== undefined) {
    const { nats } = given;
    const urls = Object.fromEntries(natsUsers.map((user) => [user, nats])) as Record<NatsUser, string>;
    return { urls, source: 'NATS_URL' };
  }
  const places = placesIn(dataFolder);
  const options = {
    dataFolder: places.nats,
    port: await freePort(),
    passwords: secrets.nats,
    syncEveryWrite: natsSyncsEveryWrite === true,
    logFile: `${places.logs}/nats.log`,
    pidFolder: places.run,
  };
  const { started } = await roster.start('nats', () => startNats(options));
  return { urls: started.urls, source: started.source };
};

const redisPart = async ({ dataFolder, secrets, given, roster }: PartsOptions) => {
  if (given.redis !== undefined) return { url: given.redis, source: 'REDIS_URL' };
  const places = placesIn(dataFolder);
  const options = {
    dataFolder: places.redis,
    port: await freePort(),
    password: secrets.redis,
    logFile: `${places.logs}/redis.log`,
    pidFolder: places.run,
  };
  const { started } = await roster.start('redis', () => startRedis(options));
  return { url: started.url, source: started.source };
};

/** Starts what was not given, and tells where each is. Whatever it starts is on the roster, to be stopped there. */
export const startParts = async (options: PartsOptions): Promise<Parts> => {
  const { report, secrets } = options;
  const [postgres, nats, redis] = await Promise.all([
    report.step(
      'Postgres',
      () => postgresPart(options),
      ({ source, url }) => [source, hostOf(url)],
    ),
    report.step(
      'NATS',
      () => natsPart(options),
      ({ source, urls }) => [source, hostOf(urls.admin)],
    ),
    report.step(
      'Redis',
      () => redisPart(options),
      ({ source, url }) => [source, hostOf(url)],
    ),
  ]);
  return { database: databaseUrls(postgres.url, secrets.roles), nats: nats.urls, redis: redis.url };
};
