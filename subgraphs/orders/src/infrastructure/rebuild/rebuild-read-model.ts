/** Makes what screens read again from the events, beside it and while orders move, and puts right what is wrong. */
import type { OrderId } from '../../application/ports.ts';
import type { Tx } from '../database.ts';
import type { PrismaClient } from '../generated/client.ts';
import {
  addSuspects,
  countDifferent,
  type Difference,
  noteSuspects,
  readDifferences,
} from './differences.ts';
import { nextOrders, ordersBehind, projectOrders } from './fill-rebuilt-tables.ts';
import { createRebuiltTables, dropRebuiltTables } from './rebuilt-tables.ts';
import { takeOver } from './take-over.ts';

export type RebuildResult = {
  readonly orders: number;
  /** How many orders were shown otherwise than their events say. */
  readonly different: number;
  /** Their differences, as many as were asked for. */
  readonly differences: readonly Difference[];
};

type Options = {
  /** Compares only. */
  readonly check: boolean;
  readonly mostDifferences: number;
  readonly progress: (total: number) => { advance(by: number): void; done(): void };
  /** For tests: what happens between filling and comparing. */
  readonly whenFilled?: () => Promise<void>;
};

/** Orders per transaction. */
const batch = 100;
/** So few can be caught up with while nobody can write. */
const few = 50;
const limits = { maxWait: 10_000, timeout: 120_000 };
const lockAttempts = 30;

const fill = async (prisma: PrismaClient, progress: Options['progress']): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ total: number }[]>`
    SELECT count(*)::integer AS total FROM order_events WHERE sequence = 1`;
  const bar = progress(row?.total ?? 0);
  let filled = 0;
  let after: OrderId | '' = '';
  for (;;) {
    const ids: readonly OrderId[] = await nextOrders(prisma, after, batch);
    if (ids.length === 0) break;
    await prisma.$transaction((tx) => projectOrders(tx, ids), limits);
    after = ids.at(-1) ?? after;
    filled += ids.length;
    bar.advance(ids.length);
  }
  bar.done();
  return filled;
};

const catchUp = async (tx: Tx, ids: readonly OrderId[]): Promise<void> => {
  await projectOrders(tx, ids);
  await addSuspects(tx, ids);
};

const catchUpToFew = async (prisma: PrismaClient): Promise<void> => {
  let behind = await ordersBehind(prisma);
  while (behind.length > few) {
    for (let from = 0; from < behind.length; from += batch) {
      const ids = behind.slice(from, from + batch);
      await prisma.$transaction((tx) => catchUp(tx, ids), limits);
    }
    behind = await ordersBehind(prisma);
  }
};

/** The one moment at which no order moves: writers wait, readers do not. */
const settle = (prisma: PrismaClient, { check, mostDifferences }: Options) =>
  prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL lock_timeout = '2s'`;
    await tx.$executeRaw`LOCK TABLE order_events IN SHARE MODE`;
    await catchUp(tx, await ordersBehind(tx));
    const different = await countDifferent(tx);
    const differences = different > 0 ? await readDifferences(tx, mostDifferences) : [];
    if (different > 0 && !check) await takeOver(tx);
    return { different, differences };
  }, limits);

const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && /lock timeout|55P03/.test(error.message);

/** A long transaction of somebody else must not make everybody wait behind us: we step back and try again. */
const settleInTurn = async (prisma: PrismaClient, options: Options) => {
  for (let attempt = 1; ; attempt += 1) {
    await catchUpToFew(prisma);
    try {
      return await settle(prisma, options);
    } catch (error) {
      if (attempt === lockAttempts || !isLockTimeout(error)) throw error;
    }
  }
};

/** Needs a client with one connection, as the owner of the schema. Throws when another rebuild runs. */
export const rebuildReadModel = async (prisma: PrismaClient, options: Options): Promise<RebuildResult> => {
  const [lock] = await prisma.$queryRaw<{ mine: boolean }[]>`
    SELECT pg_try_advisory_lock(hashtext('orders:rebuild')) AS mine`;
  if (!lock?.mine) throw new Error('another rebuild of orders is running');
  await createRebuiltTables(prisma);
  try {
    const orders = await fill(prisma, options.progress);
    await options.whenFilled?.();
    await noteSuspects(prisma);
    return { orders, ...(await settleInTurn(prisma, options)) };
  } finally {
    await dropRebuiltTables(prisma);
  }
};
