import {
  askReplay,
  type ConsumerState,
  discardParked,
  hasReplays,
  listOperatorActions,
  listParked,
  type Mandate,
  type Messaging,
  type OperatorAction,
  type OutboxState,
  type ParkedFilter,
  type ParkedMessage,
  type ParkedPage,
  type ParkedSelection,
  type PublishedBetween,
  readOutbox,
  replayNext,
  republish,
  type Sql,
  type Subscriber,
  type Transact,
} from '@emporium/messaging';
import type { Registry } from 'prom-client';
import { readDatabaseTime } from '../database-clock.ts';
import { every } from '../every.ts';
import type { Logger } from '../logger.ts';
import { createOperationsMetrics } from './operations-metrics.ts';

/** What an operator sees of a subgraph's messages, and may do with them. */
export type Operations = {
  /** The subgraph's name. */
  readonly owner: string;
  listParked(filter: ParkedFilter, page: ParkedPage): Promise<readonly ParkedMessage[]>;
  listActions(page: { first: number; after?: string | undefined }): Promise<readonly OperatorAction[]>;
  readOutbox(): Promise<OutboxState>;
  /** Null while the broker does not answer. */
  readConsumers(): Promise<readonly ConsumerState[] | null>;
  /** The next three answer null when there is nothing to do it with. */
  replay(selection: ParkedSelection, mandate: Mandate): Promise<OperatorAction | null>;
  discard(selection: ParkedSelection, mandate: Mandate): Promise<OperatorAction | null>;
  republish(span: PublishedBetween, mandate: Mandate): Promise<OperatorAction | 'TOO_MANY' | null>;
  /** The database's time, ISO 8601. */
  now(): Promise<string>;
  stop(): Promise<void>;
};

type OperationsOptions<Ports> = {
  readonly owner: string;
  readonly sql: Sql;
  readonly transact: Transact<Ports>;
  readonly subscribers: readonly Subscriber<Ports>[];
  readonly messaging: Pick<Messaging, 'consumers' | 'isConnected' | 'wake'>;
  readonly logger: Logger;
  readonly registry: Registry;
};

/** How soon a message is handled again that an operator asked for at another replica. */
const replayLookMs = 1_000;

/** The operators' desk of a subgraph; every replica has one, and each hands parked messages to their handlers again. */
export const openOperations = <Ports>({
  owner,
  sql,
  transact,
  subscribers,
  messaging,
  logger,
  registry,
}: OperationsOptions<Ports>): Operations => {
  createOperationsMetrics({ sql, messaging }, registry);
  let stopped = false;
  const replayAll = async () => {
    if (!(await hasReplays(sql))) return;
    while (!stopped) {
      const outcome = await replayNext(sql, { owner, transact, subscribers });
      messaging.wake();
      if (outcome === 'NONE_LEFT') return;
    }
  };
  const replays = every(replayLookMs, replayAll, (error) =>
    logger.warn({ err: error }, 'parked messages could not be handled again; it is tried again'),
  );
  return {
    owner,
    listParked: (filter, page) => listParked(sql, filter, page),
    listActions: (page) => listOperatorActions(sql, page),
    readOutbox: () => readOutbox(sql, owner),
    readConsumers: () => messaging.consumers().catch(() => null),
    replay: (selection, mandate) => askReplay(sql, selection, mandate),
    discard: (selection, mandate) => discardParked(sql, selection, mandate),
    republish: async (span, mandate) => {
      const action = await republish(sql, span, mandate);
      messaging.wake();
      return action;
    },
    now: () => readDatabaseTime(sql),
    stop: () => {
      stopped = true;
      return replays.stop();
    },
  };
};
