import { asId, type Instant } from '@emporium/domain';
import { gather, isConflict, type OutgoingMessage, outboxInsert, type Transact } from '@emporium/messaging';
import {
  inTransaction,
  readDatabaseTime,
  readDatabaseTimeDaysAgo,
  transactionLimits,
} from '@emporium/subgraph';
import { v7 } from 'uuid';
import type { NewId, OrderId, Ports, SealToken } from '../application/ports.ts';
import type { PurchaseTerms } from '../domain/purchase-step.ts';
import { createCarts } from './carts.ts';
import { createCatalogueCopy } from './catalogue-copy.ts';
import { createCoupons } from './checkout/coupons.ts';
import { createRuleKeeping } from './checkout/rule-keeping.ts';
import { createRulebook } from './checkout/rulebook.ts';
import type { Tell, Tx } from './database.ts';
import { createDeadlines } from './deadlines.ts';
import { createDeletedUsers } from './deleted-users.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { createGuestOrders } from './guest-orders.ts';
import { createOrders } from './orders.ts';
import { createPlacements } from './placements.ts';
import { createPrivateRecords } from './private-records.ts';
import { createReturnKeys } from './return-keys.ts';
import { createSellers } from './sellers.ts';
import { createStockCopy } from './stock-copy.ts';
import { createWrites } from './writes.ts';

/** One more than can be in the way at once: each conflict means that somebody else got on. */
const attempts = 20;

/** Hears which orders moved, and what was told. */
export type Committed = (moved: ReadonlySet<OrderId>, messages: readonly OutgoingMessage[]) => void;

/** In the order of time. */
export const newId: NewId = () => asId(v7());

/**
 * Runs work in one transaction, from the start again when somebody else was faster: so it must do nothing but ask its
 * ports. `committed` hears afterwards which orders moved, and what was told.
 */
export const createTransact =
  (
    prisma: PrismaClient,
    terms: PurchaseTerms,
    committed: Committed,
    sealToken: SealToken,
  ): Transact<Ports> =>
  async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      const moved = new Set<OrderId>();
      const messages: OutgoingMessage[] = [];
      try {
        const result = await inTransaction(
          prisma,
          async (tx: Tx) => {
            const writes = createWrites(tx);
            const tell: Tell = (more) => {
              if (more.length === 0) return;
              messages.push(...more);
              const { strings, values } = outboxInsert(more);
              writes.later(new Prisma.Sql(strings, values));
            };
            const ports: Ports = {
              orders: createOrders(tx, writes, terms, tell, (id) => moved.add(id), sealToken),
              carts: createCarts(tx, writes, tell),
              catalogue: createCatalogueCopy(tx),
              sellers: createSellers(tx),
              stock: createStockCopy(tx),
              placements: createPlacements(tx, writes),
              returnKeys: createReturnKeys(tx),
              guestOrders: createGuestOrders(tx, tell),
              rulebook: createRulebook(tx),
              coupons: createCoupons(tx),
              rules: createRuleKeeping(tx),
              privateRecords: createPrivateRecords(tx),
              deletedUsers: createDeletedUsers(tx),
              deadlines: createDeadlines(tx),
              now: createClock(tx),
              daysAgo: (days) => readDatabaseTimeDaysAgo(tx, days),
              newId,
            };
            const done = await work(ports, tx);
            await writes.flush();
            return done;
          },
          transactionLimits,
        );
        committed(moved, messages);
        return result;
      } catch (error) {
        if (attempt === attempts || !isConflict(error)) throw error;
      }
    }
  };

/** The database's time: those who ask for it at the same moment are told the same. */
const createClock = (tx: Tx): (() => Promise<Instant>) => {
  const tell = gather(async (asking: readonly true[]) => {
    const now = await readDatabaseTime(tx);
    return asking.map(() => now);
  });
  return () => tell(true);
};
