/** Postgres' own way to copy a database while it is written: the files, and what was logged meanwhile, which makes them whole. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sqlState, withClient } from '@emporium/database';
import { StackError } from '../stack-error.ts';
import { copyFiles, listFiles } from './copy-files.ts';

/** Of this server alone, or made anew at its start; see "Base Backup Using the Low Level API" in Postgres' manual. */
const leftOut =
  /^(postmaster\.(pid|opts)$|backup_label|tablespace_map$|(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/)|pgsql_tmp|pg_internal\.init/;

const segment = /^[0-9A-F]{24}$/;

export type BackupProgress = {
  /** Bytes that are to be copied. */
  begin(bytes: number): void;
  copied(bytes: number): void;
};

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

const one = async <Row extends object>(client: Client, sql: string): Promise<Row> => {
  const { rows } = await client.query<Row>(sql);
  if (!rows[0]) throw new Error(`no answer to ${sql}`);
  return rows[0];
};

const slotIsThere = '42710';

/** What is logged from now on stays until this session ends. */
const keepLog = async (client: Client): Promise<void> => {
  try {
    await client.query("SELECT pg_create_physical_replication_slot('emporium_backup', true, true)");
  } catch (error) {
    if (sqlState(error) !== slotIsThere) throw error;
    throw new StackError('Another backup is being taken. Wait until it is done.');
  }
};

/** All of the log from the first file to the last, none missing. */
const logBetween = async (place: string, first: string, last: string): Promise<readonly string[]> => {
  const names = (await readdir(place)).filter(
    (name) => segment.test(name) && name >= first && name <= last,
  );
  if (!names.includes(first) || !names.includes(last))
    throw new Error(`the log from ${first} to ${last} is not there`);
  return names;
};

const copyServer = async (
  client: Client,
  from: string,
  to: string,
  { begin, copied }: BackupProgress,
): Promise<void> => {
  await keepLog(client);
  await client.query("SELECT pg_backup_start('emporium', true)");
  await mkdir(to, { recursive: true, mode: 0o700 });
  const files = await listFiles(from, to, (relative) => leftOut.test(relative));
  begin(files.reduce((sum, { bytes }) => sum + bytes, 0));
  await copyFiles(files, copied, { mayGo: true });
  const { label, last } = await one<{ label: string; last: string }>(
    client,
    'SELECT labelfile AS label, pg_walfile_name(lsn) AS last FROM pg_backup_stop(false)',
  );
  const first = /\(file ([0-9A-F]{24})\)/.exec(label)?.[1] ?? '';
  const logged = await logBetween(path.join(from, 'pg_wal'), first, last);
  await copyFiles(
    logged.map((name) => ({
      ...{ from: path.join(from, 'pg_wal', name), to: path.join(to, 'pg_wal', name) },
      bytes: 0,
    })),
    copied,
  );
  // Last: whoever finds it has a whole backup.
  await writeFile(path.join(to, 'backup_label'), label, { mode: 0o600 });
};

/**
 * Copies the whole database server into a new folder while it goes on, all schemas as of one moment: the end of the copying.
 * It must have its files on this machine, and the URL must be an administrator's.
 * @throws StackError with what to do when it cannot be done; nothing is left behind then.
 */
export const takeBackup = async (adminUrl: string, to: string, progress: BackupProgress): Promise<void> => {
  if (existsSync(to)) throw new StackError(`${to} is there already. Name a folder that is not.`);
  await withClient(adminUrl, async (client) => {
    const { data_directory: from } = await one<{ data_directory: string }>(client, 'SHOW data_directory');
    if (!existsSync(path.join(from, 'PG_VERSION')))
      throw new StackError(`Postgres has its files elsewhere (${from}). Run pg_basebackup there.`);
    try {
      await copyServer(client, from, to, progress);
    } catch (error) {
      await rm(to, { recursive: true, force: true });
      throw error;
    }
  });
};
