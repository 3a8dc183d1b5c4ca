import { asId, asInstant, type Instant } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { OrderId, Ports } from '../application/ports.ts';
import { createCarts } from './carts.ts';
import { createCatalogueCopy } from './catalogue-copy.ts';
import type { Tx } from './database.ts';
import { createDeadlines, type Patience } from './deadlines.ts';
import type { PrismaClient } from './generated/client.ts';
import { ConcurrencyError } from './history.ts';
import { createOrders } from './orders.ts';
import { createPlacements } from './placements.ts';
import { createPrivateRecords } from './private-records.ts';

/** Many lines take a while, and equal requests wait for each other: longer than Prisma's defaults. */
const limits = { maxWait: 10_000, timeout: 20_000 };

/** One more than can be in the way at once: each conflict means that somebody else got on. */
const attempts = 20;

const readClock = async (tx: Tx): Promise<Instant> => {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS now`;
  if (!row) throw new Error('Postgres did not tell the time');
  return asInstant(row.now.toISOString());
};

/** As Prisma tells of Postgres' own errors: from models as P2034, from raw SQL with Postgres' code. */
const crosswise = z.union([
  z.object({ code: z.literal('P2034') }),
  z.object({
    meta: z.object({
      driverAdapterError: z.object({ cause: z.object({ originalCode: z.enum(['40001', '40P01']) }) }),
    }),
  }),
]);

/** Somebody else was faster, or two transactions met crosswise and Postgres ended this one: it may try again. */
const wasOutpaced = (error: unknown): boolean =>
  error instanceof ConcurrencyError || crosswise.safeParse(error).success;

/**
 * Runs work in one transaction, from the start again when somebody else was faster: so it must do nothing but ask its
 * ports. `committed` hears afterwards which orders moved.
 */
export const createTransact =
  (
    prisma: PrismaClient,
    patience: Patience,
    committed: (moved: ReadonlySet<OrderId>) => void,
  ): Transact<Ports> =>
  async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      const moved = new Set<OrderId>();
      try {
        const result = await prisma.$transaction((tx) => {
          const ports: Ports = {
            orders: createOrders(tx, patience, (id) => moved.add(id)),
            carts: createCarts(tx),
            catalogue: createCatalogueCopy(tx),
            placements: createPlacements(tx),
            privateRecords: createPrivateRecords(tx),
            deadlines: createDeadlines(tx),
            now: () => readClock(tx),
            newId: () => asId(v7()),
          };
          return work(ports, tx);
        }, limits);
        committed(moved);
        return result;
      } catch (error) {
        if (attempt === attempts || !wasOutpaced(error)) throw error;
      }
    }
  };
