/** How tools find the stack that runs: `.data/stack.json`, there from ready to stop, readable by its owner only. */
import { rmSync } from 'node:fs';
import type { DatabaseUrls, SubgraphName } from '@emporium/database';
import type { NatsUser } from './nats/nats-accounts.ts';
import { readJson, writePrivateJson } from './private-file.ts';
import { isOurs, type PidEntry, readPidFiles, writePidFile } from './processes/pid-file.ts';
import { ownDataFolder, placesIn } from './repository.ts';
import { StackError } from './stack-error.ts';

/** Where everything of a running stack is, with passwords. */
export type RunningStack = {
  pid: number;
  gatewayUrl: string;
  /** Each service's address, without a path. */
  urls: Record<SubgraphName | 'gateway' | 'card-sandbox', string>;
  database: DatabaseUrls;
  /** For SQL over the `audit_*` views. */
  auditorUrl: string;
  nats: Record<NatsUser, string>;
  redis: string;
};

const leadName = 'start';
const mark = 'local-stack/bin/start.mjs';

const lead = (dataFolder: string): PidEntry | undefined =>
  readPidFiles(placesIn(dataFolder).lead).find((entry) => entry.name === leadName && isOurs(entry));

/** @throws StackError when another `npm start` runs in this clone. */
export const claimDataFolder = (dataFolder: string): void => {
  const other = lead(dataFolder);
  if (other)
    throw new StackError(
      `npm start runs already in this clone, as process ${other.pid}. Stop it with Ctrl-C, or: kill ${other.pid}`,
    );
  rmSync(placesIn(dataFolder).stack, { force: true });
  writePidFile(placesIn(dataFolder).lead, { name: leadName, pid: process.pid, mark });
};

/** The stack is ready: tools may find it. */
export const publishStack = (dataFolder: string, stack: RunningStack): void => {
  writePrivateJson(placesIn(dataFolder).stack, stack);
};

/** The stack is gone; nothing happens when this process never claimed the folder. */
export const releaseDataFolder = (dataFolder: string): void => {
  if (lead(dataFolder)?.pid !== process.pid) return;
  const { stack, lead: leadFolder } = placesIn(dataFolder);
  for (const place of [stack, leadFolder]) rmSync(place, { force: true, recursive: true });
};

/** The `npm start` that runs in this clone and is ready; nothing, when none is. */
export const runningStack = (dataFolder = ownDataFolder()): RunningStack | undefined =>
  lead(dataFolder) === undefined ? undefined : readJson<RunningStack>(placesIn(dataFolder).stack);
