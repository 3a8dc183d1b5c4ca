import { mkdirSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import path from 'node:path';
import { type Child, startChild } from '../processes/child.ts';
import { waitUntilReady } from '../processes/wait-until.ts';
import { type NatsPasswords, type NatsUser, natsUsers } from './nats-accounts.ts';
import { findNatsBinary } from './nats-binary.ts';
import { natsConfig } from './nats-config.ts';

/** A private NATS with JetStream: each user's URL (its name and password in it), and how to end it. */
export type LocalNats = {
  urls: Record<NatsUser, string>;
  source: string;
  version: string;
  child: Child;
  stop(): Promise<void>;
};

/** Where it keeps its streams, on which loopback port, and the users' passwords. */
export type NatsOptions = {
  dataFolder: string;
  port: number;
  passwords: NatsPasswords;
  /** Whether a message is on disk before it is acknowledged: it then survives a power cut. */
  syncEveryWrite?: boolean;
  logFile: string;
  pidFolder: string;
};

/** Every user's URL. */
export const natsUrls = (hostAndPort: string, passwords: NatsPasswords): Record<NatsUser, string> =>
  Object.fromEntries(
    natsUsers.map((user) => [user, `nats://${user}:${encodeURIComponent(passwords[user])}@${hostAndPort}`]),
  ) as Record<NatsUser, string>;

/** The first line that NATS says to whoever connects; nothing, while it does not. */
export const greetingOf = (host: string, port: number, withinMs = 1_000): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connectTcp({ host, port });
    const finish = (greeting: string | undefined) => {
      socket.destroy();
      resolve(greeting);
    };
    socket.setTimeout(withinMs, () => finish(undefined));
    socket.once('error', () => finish(undefined));
    socket.once('close', () => finish(undefined));
    socket.once('data', (data) => finish(data.toString('utf8')));
  });

/** Starts NATS with JetStream in its own folder. */
export const startNats = async (options: NatsOptions): Promise<LocalNats> => {
  const { program, source } = await findNatsBinary();
  const configFile = path.join(options.dataFolder, 'nats.conf');
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
  const config = natsConfig({
    host: '127.0.0.1',
    port: options.port,
    storeFolder: path.join(options.dataFolder, 'store'),
    passwordOf: (user) => JSON.stringify(options.passwords[user]),
    syncEveryWrite: options.syncEveryWrite === true,
  });
  writeFileSync(configFile, config, { mode: 0o600 });
  const child = await startChild({
    name: 'nats',
    command: program,
    args: ['-c', configFile],
    logFile: options.logFile,
    pidFolder: options.pidFolder,
    mark: configFile,
  });
  let greeting: string | undefined;
  await waitUntilReady(
    child,
    async () => {
      greeting = await greetingOf('127.0.0.1', options.port);
      return greeting?.includes('"jetstream":true') ?? false;
    },
    30_000,
  );
  return {
    urls: natsUrls(`127.0.0.1:${options.port}`, options.passwords),
    source,
    version: /"version":"([^"]+)"/.exec(greeting ?? '')?.[1] ?? 'unknown',
    child,
    stop: () => child.stop(),
  };
};
