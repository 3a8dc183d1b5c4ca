import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { sqlState, withClient } from '@emporium/database';
import { type Child, startChild } from '../processes/child.ts';
import { waitUntilReady } from '../processes/wait-until.ts';
import { StackError } from '../stack-error.ts';
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
import { stopLeftoverPostmaster } from './leftover-postmaster.ts';
import { type Launch, unprivilegedLaunch } from './unprivileged.ts';

/** A private Postgres: a superuser's URL, and how to end it. */
export type LocalPostgres = {
  adminUrl: string;
  source: string;
  version: string;
  child: Child;
  stop(): Promise<void>;
};

/** Where it lives, on which loopback port, and the superuser's password. */
export type PostgresOptions = {
  dataFolder: string;
  port: number;
  password: string;
  logFile: string;
  pidFolder: string;
  /** The database named in `adminUrl`; whoever bootstraps creates it. */
  database?: string;
  /** More `name=value` settings. Tests give up durability for speed. */
  settings?: readonly string[];
};

/**
 * For the C library: what a connection has freed it keeps for its next statement. Else it gives memory back to the system after most
 * statements, and has it cleared again for the next (ADR 123).
 */
const keepsItsMemory = { MALLOC_TRIM_THRESHOLD_: '67108864', MALLOC_TOP_PAD_: '1048576' };

const superuser = 'emporium_admin';

/** Lies in a data folder that was made to its end. */
const madeMark = (dataFolder: string): string => path.join(dataFolder, 'emporium-initialised');

/** A folder that was left half-made, by a power cut for example, is made anew. */
const emptyUnlessMade = (dataFolder: string): void => {
  if (existsSync(madeMark(dataFolder))) return;
  rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
};

const initialise = async (
  binaries: PostgresBinaries,
  launch: Launch,
  options: PostgresOptions,
): Promise<void> => {
  if (existsSync(madeMark(options.dataFolder))) return;
  const passwordFile = `${options.dataFolder}.password`;
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  const { command, args, ...as } = launch.wrap(binaries.initdb, [
    `--pgdata=${options.dataFolder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  if (as.uid !== undefined && as.gid !== undefined) chownSync(passwordFile, as.uid, as.gid);
  try {
    await promisify(execFile)(command, args, as);
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || String(error);
    throw new StackError(`Postgres could not make its data folder:\n${said}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(madeMark(options.dataFolder), binaries.version);
};

const checkVersion = (binaries: PostgresBinaries, dataFolder: string): void => {
  const file = path.join(dataFolder, 'PG_VERSION');
  if (!existsSync(file)) return;
  const major = readFileSync(file, 'utf8').trim();
  if (major === binaries.version.split('.')[0]) return;
  throw new StackError(
    `${dataFolder} was made by Postgres ${major}, but this is ${binaries.version}. Remove that folder to begin anew.`,
  );
};

const wrongPassword = '28P01';

const answers = async (url: string, dataFolder: string): Promise<boolean> => {
  try {
    return await withClient(url, async () => true);
  } catch (error) {
    if (sqlState(error) !== wrongPassword) return false;
    throw new StackError(`${dataFolder} was made with another password. Remove that folder to begin anew.`);
  }
};

/** Makes the data folder when there is none, and starts Postgres in it. */
export const startPostgres = async (options: PostgresOptions): Promise<LocalPostgres> => {
  const binaries = findPostgresBinaries();
  await stopLeftoverPostmaster(options.dataFolder);
  emptyUnlessMade(options.dataFolder);
  const launch = unprivilegedLaunch(options.dataFolder, binaries.postgres);
  await initialise(binaries, launch, options);
  checkVersion(binaries, options.dataFolder);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'max_connections=200',
    'shared_buffers=256MB',
    // What is not in its own memory is in the system's: reading that needs no other process.
    'io_method=sync',
    ...(options.settings ?? []),
  ];
  const child = await startChild({
    name: 'postgres',
    ...launch.wrap(binaries.postgres, [
      '-D',
      options.dataFolder,
      '-p',
      String(options.port),
      ...settings.flatMap((setting) => ['-c', setting]),
    ]),
    env: { ...process.env, ...keepsItsMemory },
    logFile: options.logFile,
    pidFolder: options.pidFolder,
    mark: options.dataFolder,
    stopSignal: 'SIGINT', // "fast": ends clients' sessions instead of waiting for them
  });
  const url = (database: string) =>
    `postgresql://${superuser}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`;
  await waitUntilReady(child, () => answers(url('postgres'), options.dataFolder), 60_000);
  return {
    adminUrl: url(options.database ?? 'emporium'),
    source: binaries.source,
    version: binaries.version,
    child,
    stop: () => child.stop(),
  };
};
