import type { Prisma } from './generated/client.ts';

/** Waits until nobody else has the named things, and has them until the transaction ends; they need not exist. */
export const takeTurns = async (
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  names: readonly string[],
): Promise<void> => {
  await tx.$executeRaw`SELECT take_turns(${[...names]}::text[])`;
};

/** Of an order's payment, absent or not. */
export const turnOfPayment = (tx: Pick<Prisma.TransactionClient, '$executeRaw'>, orderId: string) =>
  takeTurns(tx, [`payment:${orderId}`]);
