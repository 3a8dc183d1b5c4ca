import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';

/**
 * What a transaction writes without reading it again, in as few statements as can be: a round trip takes longer than what most
 * of them do. Statements that are written together neither see each other's rows nor may change the same one.
 */
export type Writes = {
  /** To be written with what comes next, and before the commit. Each changes rows of one table. */
  later(...writes: readonly Prisma.Sql[]): void;
  /** Writes this, and with it all that waited; answers how many rows it changed itself. */
  now(write: Prisma.Sql): Promise<number>;
  /** Writes what still waits. */
  flush(): Promise<void>;
};

export const createWrites = (tx: Tx): Writes => {
  let waiting: readonly Prisma.Sql[] = [];
  const now = (write: Prisma.Sql): Promise<number> => {
    const beside = waiting;
    waiting = [];
    return tx.$executeRaw(together(beside, write));
  };
  return {
    later: (...writes) => {
      waiting = [...waiting, ...writes];
    },
    now,
    flush: async () => {
      const last = waiting.at(-1);
      if (!last) return;
      waiting = waiting.slice(0, -1);
      await now(last);
    },
  };
};

const together = (beside: readonly Prisma.Sql[], write: Prisma.Sql): Prisma.Sql => {
  if (beside.length === 0) return write;
  const named = beside.map((each, index) => Prisma.sql`${Prisma.raw(`write_${index}`)} AS (${each})`);
  return Prisma.sql`WITH ${Prisma.join(named)} ${write}`;
};
