import { postgresAdapter } from '@emporium/subgraph';
import { PrismaClient } from './generated/client.ts';

/** Prisma on products' schema. */
export const openDatabase = (url: string): PrismaClient =>
  new PrismaClient({ adapter: postgresAdapter(url, 'products') });
