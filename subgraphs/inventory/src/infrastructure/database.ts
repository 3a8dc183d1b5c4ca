import type { Transact } from '@emporium/messaging';
import { postgresAdapter } from '@emporium/subgraph';
import { v7 as newId } from 'uuid';
import type { Ports } from '../application/ports.ts';
import { readDatabaseClock } from './database-clock.ts';
import { PrismaClient } from './generated/client.ts';
import { createReservations } from './reservations.ts';
import { createStock } from './stock.ts';
import { createVariants } from './variants.ts';

/** Prisma on inventory's schema. */
export const openDatabase = (url: string): PrismaClient =>
  new PrismaClient({ adapter: postgresAdapter(url, 'inventory') });

/** Orders of one hot variant wait for each other, so a transaction may last longer than Prisma's default of 5 s. */
const patience = { maxWait: 10_000, timeout: 20_000 };

/** Runs use cases in one transaction; `committed` is called after each, to wake the relay. */
export const createTransact =
  (prisma: PrismaClient, committed: () => void): Transact<Ports> =>
  async (work) => {
    const result = await prisma.$transaction(async (tx) => {
      const ports: Ports = {
        reservations: createReservations(tx),
        stock: createStock(tx),
        variants: createVariants(tx),
        now: () => readDatabaseClock(tx),
        newId,
      };
      return work(ports, tx);
    }, patience);
    committed();
    return result;
  };
