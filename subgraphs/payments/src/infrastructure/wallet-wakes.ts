/** Says when a user's wallets may have changed, to whoever follows them in this process. */
import type { Heard } from '@emporium/messaging';
import { createListeners } from '@emporium/subgraph';
import { z } from 'zod';
import type { UserId } from '../application/ports.ts';
import type { PrismaClient } from './generated/client.ts';

export type WalletWakes = {
  on(userId: UserId, wake: () => void): () => void;
  /** Something was booked in a transaction of this process, which has committed. */
  moved(userIds: Iterable<UserId>): void;
  /** A message of ours was heard, which is told after the commit, perhaps another process's. */
  heard(message: Heard): Promise<void>;
  /** To be looked at again in a moment. */
  soon(userId: UserId): void;
  all(): void;
  stop(): void;
};

const soonMs = 50;

const aboutAnOrder = z.object({ payload: z.object({ orderId: z.string() }) });

/** A message names the order, not the wallets; their owners are read while anybody follows any. */
export const createWalletWakes = (
  prisma: Pick<PrismaClient, '$queryRaw'>,
  failed: (error: unknown) => void,
): WalletWakes => {
  const listeners = createListeners<UserId>();
  const timers = new Set<NodeJS.Timeout>();
  return {
    on: listeners.on,
    moved: (userIds) => {
      for (const userId of userIds) listeners.wake(userId);
    },
    heard: async ({ envelope }) => {
      const read = aboutAnOrder.safeParse(envelope);
      if (!read.success || listeners.isEmpty()) return;
      try {
        const rows = await prisma.$queryRaw<{ userId: UserId }[]>`
          SELECT DISTINCT owner_id AS "userId" FROM journals
          JOIN entries ON entries.journal_id = journals.id JOIN accounts ON accounts.id = entries.account_id
          WHERE order_id = ${read.data.payload.orderId} AND owner_id IS NOT NULL`;
        for (const { userId } of rows) listeners.wake(userId);
      } catch (error) {
        failed(error);
      }
    },
    soon: (userId) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        listeners.wake(userId);
      }, soonMs);
      timers.add(timer.unref());
    },
    all: listeners.wakeAll,
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
