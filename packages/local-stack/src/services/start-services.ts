import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '../environment.ts';
import { type Child, startChild } from '../processes/child.ts';
import { waitUntilReady } from '../processes/wait-until.ts';
import type { Reporter } from '../report/reporter.ts';
import { placesIn } from '../repository.ts';
import type { Roster } from '../roster.ts';
import { StackError } from '../stack-error.ts';
import {
  inheritedEnvironment,
  type ServiceName,
  type ServiceSetting,
  serviceEnvironment,
  serviceUrl,
} from './service-environment.ts';

/** What the services are started from. */
export type ServicesOptions = ServiceSetting & {
  roster: Roster;
  report: Reporter;
  /** Run from source, and start again when it changes. */
  watch?: boolean;
  /** Some subgraphs never run: a gateway that waits for them would not say that it is ready. */
  isPartial?: boolean;
  /** More variables for one service or another. */
  extraEnv?: Partial<Record<ServiceName, Environment>>;
};

const folders: Record<ServiceName, string> = {
  'card-sandbox': 'packages/card-sandbox',
  gateway: 'gateway',
  users: 'subgraphs/users',
  products: 'subgraphs/products',
  inventory: 'subgraphs/inventory',
  orders: 'subgraphs/orders',
  payments: 'subgraphs/payments',
};

const readyWithinMs = 60_000;

const isWell = async (url: string, what: 'live' | 'ready'): Promise<boolean> => {
  try {
    const { ok } = await fetch(`${url}/health/${what}`, { signal: AbortSignal.timeout(2_000) });
    return ok;
  } catch {
    return false;
  }
};

/** The program of a service, `main` or `seed`; nothing, when it has none. */
export const builtProgram = (
  root: string,
  name: ServiceName,
  program: 'main' | 'seed',
): string | undefined => {
  const file = path.join(root, folders[name], 'dist', `${program}.js`);
  return existsSync(file) ? file : undefined;
};

/**
 * Collects what died young later, and by one thread: several would be awaited, each until it gets a processor that all of a
 * stack compete for. Takes a quiet minute for no reason to give memory back and to forget compiled code (ADR 123).
 */
const memory = [
  ...['--min-semi-space-size=16', '--max-semi-space-size=32', '--no-parallel-scavenge'],
  ...['--no-memory-reducer', '--no-flush-bytecode'],
];

const nodeArguments = ({ root, watch }: ServicesOptions, name: ServiceName): string[] => {
  if (watch) {
    const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
    return [tsx, 'watch', '--clear-screen=false', path.join(root, folders[name], 'src/main.ts')];
  }
  const program = builtProgram(root, name, 'main');
  if (program === undefined)
    throw new StackError(`${name} is not built: ${folders[name]}/dist/main.js is missing.`);
  return [...memory, '--enable-source-maps', program];
};

/** Starts a program of a service with the service's variables; it is known again by the data folder in its arguments. */
export const startProgram = (
  options: ServicesOptions,
  name: ServiceName,
  args: readonly string[],
  label: string = name,
): Promise<Child> => {
  const places = placesIn(options.dataFolder);
  const mark = `--stack=${options.dataFolder}`;
  return startChild({
    name: label,
    command: process.execPath,
    args: [...args, mark],
    cwd: path.join(options.root, folders[name]),
    env: {
      ...inheritedEnvironment(options.env),
      NODE_ENV: 'development',
      ...serviceEnvironment(name, options),
      ...options.extraEnv?.[name],
    },
    logFile: path.join(places.logs, `${label}.log`),
    pidFolder: places.run,
    mark,
  });
};

const startService = async (options: ServicesOptions, name: ServiceName): Promise<{ child: Child }> => {
  const child = await startProgram(options, name, nodeArguments(options, name));
  const asked = options.isPartial && name === 'gateway' ? 'live' : 'ready';
  try {
    await waitUntilReady(child, () => isWell(serviceUrl(options.ports, name), asked), readyWithinMs);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return { child };
};

/** Starts these services at once, each a process of its own, and waits until every one says that it is ready. */
export const startServices = async (
  options: ServicesOptions,
  names: readonly ServiceName[],
): Promise<void> => {
  await Promise.all(
    names.map((name) =>
      options.report.step(
        name,
        () => options.roster.start(name, () => startService(options, name)),
        ({ started }) => [`process ${started.child.pid}`, serviceUrl(options.ports, name)],
      ),
    ),
  );
};
