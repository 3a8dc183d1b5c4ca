import { postgresAdapter } from '@emporium/subgraph';
import { type Prisma, PrismaClient } from './generated/client.ts';

/** A transaction, or the whole client where none is needed. */
export type Tx = Prisma.TransactionClient;

/** Prisma on the schema of orders. */
export const openDatabase = (url: string): PrismaClient =>
  new PrismaClient({ adapter: postgresAdapter(url, 'orders') });
