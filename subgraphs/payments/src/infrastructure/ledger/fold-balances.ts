import type { Prisma } from '../generated/client.ts';

const accountsAtOnce = 500;

/** Folds what has come into shared accounts into their rows; says how many rows it folded. Waits for nobody. */
export const foldBalances = async (
  prisma: Pick<Prisma.TransactionClient, '$queryRaw'>,
): Promise<number> => {
  const [row] = await prisma.$queryRaw<
    { folded: bigint }[]
  >`SELECT fold_balances(${accountsAtOnce}::int) AS folded`;
  return Number(row?.folded ?? 0);
};
