import type { Prisma } from './generated/client.ts';

/** Waits until nobody else has the named thing, and has it until the transaction ends; it need not exist. */
export const takeTurn = async (
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  name: string,
): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
};

/** Of an order's payment, absent or not. */
export const turnOfPayment = (tx: Pick<Prisma.TransactionClient, '$executeRaw'>, orderId: string) =>
  takeTurn(tx, `payment:${orderId}`);
