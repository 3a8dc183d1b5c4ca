import type { Transact } from '@emporium/messaging';
import type { Ports } from '../application/ports.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { createPorts } from './ports.ts';

const attempts = 4;

/** Postgres' codes for: somebody else was first with a unique value; deadlock; serialization. */
const lostRace = new Set(['23505', '40P01', '40001']);

/**
 * Runs a use case in one transaction. Whoever loses a race (for a SKU, a slug) tries again and then sees what the
 * winner did, so that the use case can say it better than a unique index. `committed` is called after each commit.
 */
export const createTransact = (prisma: PrismaClient, committed: () => void): Transact<Ports> => {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await prisma.$transaction((tx) => work(createPorts(tx), tx), {
          maxWait: 10_000,
          timeout: 20_000,
        });
        committed();
        return result;
      } catch (error) {
        if (attempt === attempts || !hasLostRace(error)) throw error;
      }
    }
  };
};

const hasLostRace = (error: unknown): boolean => {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (error.code === 'P2002' || error.code === 'P2034') return true;
  const cause = (error.meta?.driverAdapterError as { cause?: { originalCode?: unknown } } | undefined)
    ?.cause;
  return lostRace.has(String(cause?.originalCode));
};
