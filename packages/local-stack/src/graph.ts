/** The whole graph for a test: its own servers and services on free ports, in a folder of its own. */
import { mkdirSync } from 'node:fs';
import { prepareDatabase } from './database-step.ts';
import type { Environment } from './environment.ts';
import { type Parts, startParts } from './parts.ts';
import { leaveLastWill } from './processes/last-will.ts';
import { stopOrphans } from './processes/orphans.ts';
import { type Reporter, silentReporter } from './report/reporter.ts';
import { placesIn, repositoryRoot } from './repository.ts';
import { createRoster } from './roster.ts';
import { loadSecrets, type SigningKey } from './secrets.ts';
import { openShop } from './services/open-shop.ts';
import { type ServiceName, serviceNames, serviceUrl } from './services/service-environment.ts';
import { freePorts } from './services/service-ports.ts';
import { startServices } from './services/start-services.ts';

/** Whatever of a graph can be killed and started again. */
export const graphMembers = [...serviceNames, 'postgres', 'nats', 'redis'] as const;

/** One of them. */
export type GraphMember = (typeof graphMembers)[number];

/** Where the graph lives, and what of it differs from `npm start`. */
export type GraphOptions = {
  /** An empty or a former one's folder; nothing is removed from it. */
  dataFolder: string;
  /** The clone whose built services are run. */
  root?: string;
  /** Which services run; all unless said. */
  services?: readonly ServiceName[];
  /** Whether to seed the demo's accounts and goods, for which all must run. */
  seed?: boolean;
  /** More variables for one service or another, such as shorter deadlines. */
  extraEnv?: Partial<Record<ServiceName, Environment>>;
  report?: Reporter;
  /**
   * Puts something between the services and their servers: where they are to look for them instead. Called before any service
   * runs, with where each will be.
   */
  between?: (parts: Parts, urls: Record<ServiceName, string>) => Promise<Parts>;
  /** What it survives beside kills of its members: nothing unless said; a power cut; that without losing a message. */
  survives?: 'kills' | 'power cuts' | 'power cuts to the last message';
};

/** A running graph. */
export type Graph = {
  /** `http://127.0.0.1:<port>`: GraphQL is at `/graphql`. */
  gatewayUrl: string;
  urls: Record<ServiceName, string>;
  /** For SQL over the `audit_*` views. */
  auditorUrl: string;
  /** For a test that speaks as users does of a viewer, or as the gateway does to a subgraph. */
  keys: { accessToken: SigningKey; internal: SigningKey };
  parts: Parts;
  logFile(name: GraphMember): string;
  /** The number of its process. */
  pid(name: GraphMember): number;
  /** Sends a signal (SIGKILL unless said) and waits until the process is gone; it stays down until `restart`. */
  kill(name: GraphMember, signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again as it was, and waits until it is ready. */
  restart(name: GraphMember): Promise<void>;
  stop(): Promise<void>;
};

/** What Postgres leaves out where no power cut has to be survived. */
const fast = ['fsync=off', 'full_page_writes=off'];

/** Starts everything and waits until it is ready; whatever fails on the way, nothing is left running. */
export const startGraph = async (options: GraphOptions): Promise<Graph> => {
  const { dataFolder, root = repositoryRoot, report = silentReporter, survives = 'kills' } = options;
  mkdirSync(dataFolder, { recursive: true });
  const places = placesIn(dataFolder);
  const roster = createRoster(places.run);
  const will = leaveLastWill(places.run);
  const stop = async () => {
    await roster.stop();
    await will.revoke();
  };
  try {
    await stopOrphans(places.run);
    const secrets = loadSecrets(places.secrets);
    const parts = await startParts({
      dataFolder,
      secrets,
      given: {},
      roster,
      report,
      postgresSettings: survives === 'kills' ? fast : [],
      natsSyncsEveryWrite: survives === 'power cuts to the last message',
    });
    await prepareDatabase(parts, secrets);
    const ports = await freePorts();
    const env = process.env;
    const urls = Object.fromEntries(serviceNames.map((name) => [name, serviceUrl(ports, name)])) as Record<
      ServiceName,
      string
    >;
    const reached = (await options.between?.(parts, urls)) ?? parts;
    const isPartial = options.services !== undefined;
    const setting = {
      ...options,
      ...{ root, parts: reached, ports, secrets, dataFolder, env, roster, report, isPartial },
    };
    if (options.seed) await openShop(setting);
    else await startServices(setting, options.services ?? serviceNames);
    return {
      gatewayUrl: urls.gateway,
      urls,
      auditorUrl: parts.database.auditor,
      keys: { accessToken: secrets.accessTokenKey, internal: secrets.internalKey },
      parts,
      logFile: (name) => `${places.logs}/${name}.log`,
      pid: (name) => roster.member(name).child().pid,
      kill: async (name, signal = 'SIGKILL') => {
        await roster.member(name).kill(signal);
      },
      restart: (name) => roster.member(name).restart(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
