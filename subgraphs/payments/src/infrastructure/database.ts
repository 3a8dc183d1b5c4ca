import type { Seal } from '@emporium/encryption';
import type { Transact } from '@emporium/messaging';
import {
  inTransaction,
  plannedOnce,
  postgresAdapter,
  straightToDriver,
  type Tracer,
  traceDatabase,
  transactionLimits,
} from '@emporium/subgraph';
import type { Ports } from '../application/ports.ts';
import { type Routing, sandboxAlone } from '../domain/provider-routing.ts';
import { type Committed, nothingYet } from './committed.ts';
import type { OpenToken } from './create-open-token.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import type { SaleDefaults } from './prisma-commission.ts';
import { createPorts } from './prisma-ports.ts';

const connections = 10;

/** A pool of connections as the runtime role. */
export const openDatabase = (url: string, tracer: Tracer | null = null): PrismaClient =>
  new PrismaClient({
    adapter: straightToDriver(
      traceDatabase(postgresAdapter(url, 'payments', connections, plannedOnce), tracer),
    ),
  });

const opensNothing: OpenToken = async () => null;

/** One transaction for each use case; `onCommit` learns what it left to be done by others, `seal` keeps tokens, and `openToken` opens those of orders. */
export const createTransact =
  (
    prisma: PrismaClient,
    onCommit: (committed: Committed) => void,
    seal: Seal,
    defaults: Partial<SaleDefaults> = {},
    routing: Routing = sandboxAlone,
    openToken: OpenToken = opensNothing,
  ): Transact<Ports> =>
  async (work) => {
    const committed = nothingYet();
    const result = await inTransaction(
      prisma,
      (tx: Prisma.TransactionClient) =>
        work(
          createPorts(tx, committed, { commission: 0, rateDays: 7, ...defaults }, seal, routing, openToken),
          tx,
        ),
      transactionLimits,
    );
    onCommit(committed);
    return result;
  };
