/** A database of one subgraph: transactions that are all or nothing, and that keep what they write from others until their end. */
import type { Process } from '../kernel/process.ts';
import type { Weather } from '../kernel/weather.ts';
import { createLocks } from './locks.ts';
import { applyTo, type Overlay, readThrough, rowsThrough, type Table, writeTo } from './table.ts';

/** One transaction. Reads see what others have committed by now, and what it wrote itself. */
export type Tx = {
  /** A statement takes time; the database may not answer. */
  statement(what: string): Promise<void>;
  /** Has it alone until the end. */
  lock(name: string): Promise<void>;
  tryLock(name: string): boolean;
  read<Row>(from: Table<Row>, key: string): Row | undefined;
  rows<Row>(from: Table<Row>): readonly Row[];
  /** Waits for whoever writes the same row. */
  put<Row>(to: Table<Row>, key: string, row: Row): Promise<void>;
  /** False when the key is taken; waits for whoever is inserting the same. */
  insert<Row>(to: Table<Row>, key: string, row: Row): Promise<boolean>;
  remove<Row>(from: Table<Row>, key: string): Promise<void>;
  /** Something that must hold when it commits: a throw rolls back. */
  beforeCommit(check: () => void): void;
  afterCommit(listener: () => void): void;
};

export type MemoryDatabase = {
  transact<T>(process: Process, what: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Whether nothing is under way. */
  isIdle(): boolean;
};

/** As Postgres' driver says that nobody answers. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
  readonly code = 'ECONNREFUSED';
}

export const createMemoryDatabase = (subgraph: string, weather: Weather): MemoryDatabase => {
  const { scheduler, noise } = weather;
  const locks = createLocks(scheduler);
  let open = 0;

  const begin = (process: Process) => {
    const overlay: Overlay = new Map();
    const holder = { process };
    const checks: (() => void)[] = [];
    const listeners: (() => void)[] = [];
    const lock = (name: string) => locks.take(holder, name);
    const rowOf = (of: { readonly name: string }, key: string) => `${of.name} ${key}`;
    const tx: Tx = {
      statement: async (what) => {
        await scheduler.sleep(process, 0.2 + noise.unit(`${subgraph} statement`) * 2, what);
        if (weather.isAway('DATABASE_AWAY', subgraph))
          throw new DatabaseAway(`${subgraph} has no database`);
      },
      lock,
      tryLock: (name) => locks.tryTake(holder, name),
      read: (from, key) => readThrough(overlay, from, key),
      rows: (from) => rowsThrough(overlay, from),
      put: async (to, key, row) => {
        await lock(rowOf(to, key));
        writeTo(overlay, to, key, row);
      },
      insert: async (to, key, row) => {
        await lock(rowOf(to, key));
        if (readThrough(overlay, to, key) !== undefined) return false;
        writeTo(overlay, to, key, row);
        return true;
      },
      remove: async (from, key) => {
        await lock(rowOf(from, key));
        writeTo(overlay, from, key, undefined);
      },
      beforeCommit: (check) => checks.push(check),
      afterCommit: (listener) => listeners.push(listener),
    };
    return { tx, holder, overlay, checks, listeners };
  };

  return {
    isIdle: () => open === 0,
    transact: async (process, what, work) => {
      const { tx, holder, overlay, checks, listeners } = begin(process);
      let isOpen = true;
      const end = () => {
        if (!isOpen) return;
        isOpen = false;
        open -= 1;
        locks.releaseAll(holder);
      };
      open += 1;
      process.onDeath(end);
      try {
        await tx.statement(`begin ${what}`);
        const result = await work(tx);
        // What changes nothing is no place to die at: whoever looks, looks again.
        const changes = overlay.size > 0;
        if (changes) await weather.pass(process, 'commit', 'before');
        for (const check of checks) check();
        applyTo(overlay);
        for (const listener of listeners) listener();
        end();
        if (changes) await weather.pass(process, 'commit', 'after');
        await scheduler.sleep(process, 0.2, `committed ${what}`);
        return result;
      } finally {
        end();
      }
    },
  };
};
