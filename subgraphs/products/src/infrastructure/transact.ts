import { isConflict, type Transact } from '@emporium/messaging';
import { transactionLimits } from '@emporium/subgraph';
import type { Outdated, Ports } from '../application/ports.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { createPorts } from './ports.ts';

const attempts = 4;

/**
 * Runs a use case in one transaction. Whoever loses a race (for a SKU, a slug) tries again and then sees what the
 * winner did, so that the use case can say it better than a unique index. `committed` is called after each commit, with what
 * it made out of date, and waited for.
 */
export const createTransact = (
  prisma: PrismaClient,
  committed: (outdated: readonly Outdated[]) => Promise<void> | void,
): Transact<Ports> => {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const outdated: Outdated[] = [];
        const result = await prisma.$transaction((tx) => {
          const ports = createPorts(tx);
          const outdate: Ports['outdate'] = (what, occurredAt) => {
            outdated.push(...what);
            return ports.outdate(what, occurredAt);
          };
          return work({ ...ports, outdate }, tx);
        }, transactionLimits);
        await committed(outdated);
        return result;
      } catch (error) {
        if (attempt === attempts || !(isTaken(error) || isConflict(error))) throw error;
      }
    }
  };
};

/** Somebody else was first with a value that is unique, or removed what was pointed at: Prisma's code for models, Postgres' own for raw SQL. */
const isTaken = (error: unknown): boolean => {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const { driverAdapterError } = (error.meta ?? {}) as {
    driverAdapterError?: { cause?: { originalCode?: unknown } };
  };
  const code = driverAdapterError?.cause?.originalCode;
  return error.code === 'P2002' || code === '23505' || code === '23503';
};
