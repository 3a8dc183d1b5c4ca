import type { OutgoingMessage } from '@emporium/messaging';
import {
  plannedOnce,
  postgresAdapter,
  straightToDriver,
  type Tracer,
  traceDatabase,
} from '@emporium/subgraph';
import { type Prisma, PrismaClient } from './generated/client.ts';

/** A transaction, or the whole client where none is needed. */
export type Tx = Prisma.TransactionClient;

/** Takes messages that are to be sent once the transaction has committed, and writes them with what comes next. */
export type Tell = (messages: readonly OutgoingMessage[]) => void;

const connections = 10;

/** Prisma on the schema of orders. */
export const openDatabase = (url: string, tracer: Tracer | null = null): PrismaClient =>
  new PrismaClient({
    adapter: straightToDriver(
      traceDatabase(postgresAdapter(url, 'orders', connections, plannedOnce), tracer),
    ),
  });
