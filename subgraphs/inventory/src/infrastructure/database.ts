import { isConflict, type Transact } from '@emporium/messaging';
import {
  inTransaction,
  plannedOnce,
  postgresAdapter,
  readTransactionTime,
  straightToDriver,
  type Tracer,
  traceDatabase,
  transactionLimits,
} from '@emporium/subgraph';
import { v7 as newId } from 'uuid';
import type { Ports } from '../application/ports.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { createHolds } from './holds.ts';
import { createLocations } from './locations.ts';
import { createReservations } from './reservations.ts';
import { createSellers } from './sellers.ts';
import { createStock } from './stock.ts';
import { createVariants } from './variants.ts';

const connections = 10;

/** Prisma on inventory's schema. Planning what a purchase asks for would take as long as doing it. */
export const openDatabase = (url: string, tracer: Tracer | null = null): PrismaClient =>
  new PrismaClient({
    adapter: straightToDriver(
      traceDatabase(postgresAdapter(url, 'inventory', connections, plannedOnce), tracer),
    ),
  });

const attempts = 5;

/**
 * Runs use cases in one transaction; `committed` is called after each, to wake the relay. Two that met crosswise are
 * tried again.
 */
export const createTransact =
  (prisma: PrismaClient, committed: () => void): Transact<Ports> =>
  async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await inTransaction(
          prisma,
          async (tx: Prisma.TransactionClient) => {
            const ports: Ports = {
              reservations: createReservations(tx),
              stock: createStock(tx),
              locations: createLocations(tx),
              holds: createHolds(tx),
              variants: createVariants(tx),
              sellers: createSellers(tx),
              now: () => readTransactionTime(tx),
              newId,
            };
            return work(ports, tx);
          },
          transactionLimits,
        );
        committed();
        return result;
      } catch (error) {
        if (attempt === attempts || !isConflict(error)) throw error;
      }
    }
  };
