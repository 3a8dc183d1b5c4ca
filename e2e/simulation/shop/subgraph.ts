/** A subgraph of the simulated world: a database that stays, and replicas that come and go. */
import { isConflict, type OutgoingMessage, type Subscriber } from '@emporium/messaging';
import { consumerName, type TransactWithInbox } from '@emporium/messaging/parts';
import { consume } from '../bus/consume.ts';
import type { Durable, MemoryBroker } from '../bus/memory-broker.ts';
import { createLeadership, startRelay } from '../bus/relay.ts';
import { createProcess, type Process } from '../kernel/process.ts';
import type { Weather } from '../kernel/weather.ts';
import type { Seams } from '../planted/seams.ts';
import { createMemoryDatabase, type MemoryDatabase, type Tx } from '../store/memory-database.ts';
import {
  append,
  countingEffects,
  createMessagingTables,
  inboxOf,
  type MessagingTables,
  named,
  relayedOutbox,
} from '../store/messaging-tables.ts';

/** What the ports of one transaction are made of. */
export type Within = {
  readonly tx: Tx;
  readonly process: Process;
  /** Appended when the work is done; answers the messages under the names that they are kept by. */
  readonly tell: (messages: readonly OutgoingMessage[]) => readonly OutgoingMessage[];
  readonly newId: () => string;
};

/** How a subgraph is made: its ports over its tables, what it hears, and what a process of it does besides. */
export type Recipe<Ports, App> = {
  readonly name: string;
  readonly subscribers: readonly Subscriber<Ports>[];
  /** How often a transaction that met another is begun again. */
  readonly attempts: number;
  readonly ports: (within: Within) => Ports;
  /** What clients ask, and the jobs that begin with the process. */
  readonly boot: (running: Running<Ports>) => App;
};

/** How many processes of each subgraph there are, if none is down. */
const replicas = 2;

/** A process, and what clients ask of it. */
export type Replica<App> = { readonly process: Process; readonly app: App };

/** What a process has to work with. */
export type Running<Ports> = {
  readonly process: Process;
  readonly transact: <T>(work: (ports: Ports) => Promise<T>) => Promise<T>;
  readonly every: (milliseconds: number, what: string, job: () => Promise<unknown>) => void;
};

export type Subgraph<Ports, App> = {
  readonly name: string;
  readonly database: MemoryDatabase;
  readonly messages: MessagingTables;
  readonly durables: readonly Durable[];
  readonly subscribers: readonly Subscriber<Ports>[];
  /** Starts all its replicas. */
  open(): void;
  start(replica: number): void;
  all(): readonly Process[];
  /** Whichever a request of this name comes to, dead or alive. */
  reach(place: string): Replica<App>;
  /** Outside of any handler, as an administrator's request does. */
  transact<T>(process: Process, work: (ports: Ports, tx: Tx) => Promise<T>): Promise<T>;
};

export type World = {
  readonly weather: Weather;
  readonly broker: MemoryBroker;
  readonly seams: Seams;
  /** An id that is the same whenever the same happens. */
  newId(subgraph: string): string;
};

export const createSubgraph = <Ports, App>(
  world: World,
  recipe: Recipe<Ports, App>,
): Subgraph<Ports, App> => {
  const { weather, broker, seams } = world;
  const { scheduler, noise } = weather;
  const { name, subscribers } = recipe;
  const database = createMemoryDatabase(name, weather);
  const messages = createMessagingTables();
  const durables = subscribers.map(({ event }) =>
    broker.addConsumer(consumerName(name, event), event.subject),
  );
  const running: (Replica<App> & { readonly wake: () => void })[] = [];
  const isCut = (process: Process, since: number) =>
    !process.isAlive() || weather.hasLostDatabase(name, since);
  const leadership = createLeadership(scheduler, isCut);

  const attempt = async <T>(process: Process, work: (ports: Ports, tx: Tx) => Promise<T>): Promise<T> => {
    const told: OutgoingMessage[] = [];
    const tell = (more: readonly OutgoingMessage[]) => {
      const kept = named(messages, more);
      told.push(...kept);
      return kept;
    };
    const appendTo = (tx: Tx) => append(tx, messages, scheduler, told);
    const result = await database.transact(process, name, async (tx) => {
      const done = await work(recipe.ports({ tx, process, tell, newId: () => world.newId(name) }), tx);
      if (seams.appendsInTransaction) await appendTo(tx);
      return done;
    });
    if (!seams.appendsInTransaction) await database.transact(process, `${name} tells`, appendTo);
    if (told.length > 0) running[process.replica]?.wake();
    return result;
  };
  const transactIn =
    (process: Process) =>
    async <T>(work: (ports: Ports, tx: Tx) => Promise<T>): Promise<T> => {
      for (let count = 1; ; count += 1) {
        try {
          return await attempt(process, work);
        } catch (error) {
          if (count === recipe.attempts || !isConflict(error)) throw error;
        }
      }
    };

  const start = (replica: number): void => {
    const process = createProcess(name, replica);
    const transact = transactIn(process);
    const withInbox: TransactWithInbox<Ports> = (work) =>
      transact((ports, tx) =>
        work(ports, countingEffects(tx, messages, seams.inbox(inboxOf(tx, messages)))),
      );
    const every: Running<Ports>['every'] = (milliseconds, what, job) => {
      const again = async () => {
        for (;;) {
          await scheduler.sleep(process, milliseconds, what);
          await job().catch(() => undefined);
        }
      };
      void again();
    };
    const connect = async () => {
      const since = scheduler.now();
      await database.transact(process, `${name} relay connects`, async () => undefined);
      return relayedOutbox(database, messages, process, scheduler, () => isCut(process, since));
    };
    const publisher = seams.publisher(broker.publisherFor(process));
    const wake = startRelay({ scheduler, process, leadership, connect, broker: publisher });
    running[replica] = { process, app: recipe.boot({ process, transact, every }), wake };
    for (const [index, durable] of durables.entries()) {
      const subscriber = subscribers[index] as Subscriber<Ports>;
      consume({ weather, broker, process, durable, subscriber, transact: withInbox, seam: seams.delivery });
      process.onDeath(() => broker.giveBack(durable, process));
    }
  };
  return {
    ...{ name, database, messages, durables, subscribers, start },
    open: () => {
      for (let replica = 0; replica < replicas; replica += 1) start(replica);
    },
    all: () => running.map(({ process }) => process),
    reach: (place) => {
      const reached = noise.pick(`${place} reaches ${name}`, running);
      if (!reached) throw new Error(`${name} has not been started`);
      return reached;
    },
    transact: (process, work) => transactIn(process)(work),
  };
};
