import type { Transact } from '@emporium/messaging';
import {
  postgresAdapter,
  readTransactionTime,
  type Tracer,
  traceDatabase,
  transactionLimits,
} from '@emporium/subgraph';
import { v7 as newId } from 'uuid';
import type { Ports } from '../application/ports.ts';
import { PrismaClient } from './generated/client.ts';
import { createReservations } from './reservations.ts';
import { createSellers } from './sellers.ts';
import { createStock } from './stock.ts';
import { createVariants } from './variants.ts';

/** Prisma on inventory's schema. */
export const openDatabase = (url: string, tracer: Tracer | null = null): PrismaClient =>
  new PrismaClient({ adapter: traceDatabase(postgresAdapter(url, 'inventory'), tracer) });

/** Runs use cases in one transaction; `committed` is called after each, to wake the relay. */
export const createTransact =
  (prisma: PrismaClient, committed: () => void): Transact<Ports> =>
  async (work) => {
    const result = await prisma.$transaction(async (tx) => {
      const ports: Ports = {
        reservations: createReservations(tx),
        stock: createStock(tx),
        variants: createVariants(tx),
        sellers: createSellers(tx),
        now: () => readTransactionTime(tx),
        newId,
      };
      return work(ports, tx);
    }, transactionLimits);
    committed();
    return result;
  };
