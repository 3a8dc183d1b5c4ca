import { Prisma } from './generated/client.ts';

/** The names of the tables that an order is projected to. */
export type ReadModelTables = {
  readonly orders: Prisma.Sql;
  readonly shipments: Prisma.Sql;
  readonly lines: Prisma.Sql;
  readonly returns: Prisma.Sql;
  readonly returnLines: Prisma.Sql;
};

/** What screens read. */
export const liveTables: ReadModelTables = {
  orders: Prisma.raw('orders'),
  shipments: Prisma.raw('shipments'),
  lines: Prisma.raw('order_lines'),
  returns: Prisma.raw('returns'),
  returnLines: Prisma.raw('return_lines'),
};
