import { postgresAdapter, type Tracer, traceDatabase } from '@emporium/subgraph';
import { PrismaClient } from './generated/client.ts';

/** Prisma on products' schema. */
export const openDatabase = (url: string, tracer: Tracer | null = null): PrismaClient =>
  new PrismaClient({ adapter: traceDatabase(postgresAdapter(url, 'products'), tracer) });
