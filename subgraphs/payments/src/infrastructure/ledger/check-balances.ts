import type { Prisma } from '../generated/client.ts';

/** An account whose balance is not the sum of its entries, or is below zero. */
export type WrongBalance = { readonly id: string; readonly balance: bigint; readonly entriesSum: bigint };

/** What one look found, and the account after which the next goes on; null at the end of all. */
export type BalanceCheck = {
  readonly right: number;
  readonly wrong: readonly WrongBalance[];
  /** Accounts with too many entries to add up here: they are left to the audit. */
  readonly skipped: number;
  readonly next: string | null;
};

const accountsAtOnce = 200;
const entriesAtMost = 20_000;

type Row = { id: string; balance: bigint; entriesSum: bigint | null };

/** Adds up the entries of a few accounts after the given one, as one moment shows them. */
export const checkBalances = async (
  prisma: Pick<Prisma.TransactionClient, '$queryRaw'>,
  after: string,
): Promise<BalanceCheck> => {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT accounts.id,
      balance + coalesce((SELECT sum(amount) FROM balance_additions WHERE account_id = accounts.id), 0)::bigint AS balance,
      CASE WHEN entries <= ${entriesAtMost}
        THEN (CASE WHEN grows_by_debits(kind) THEN debits ELSE -debits END)::bigint END AS "entriesSum"
    FROM (SELECT * FROM accounts WHERE id > ${after} ORDER BY id LIMIT ${accountsAtOnce}) AS accounts,
      LATERAL (
        SELECT count(*) AS entries, coalesce(sum(amount), 0) AS debits
        FROM (SELECT amount FROM entries WHERE account_id = accounts.id LIMIT ${entriesAtMost + 1}) AS first
      ) AS moved
    ORDER BY accounts.id`;
  const added = rows.filter((row): row is WrongBalance => row.entriesSum !== null);
  const wrong = added.filter(({ balance, entriesSum }) => balance !== entriesSum || balance < 0n);
  return {
    right: added.length - wrong.length,
    wrong,
    skipped: rows.length - added.length,
    next: rows.length < accountsAtOnce ? null : (rows.at(-1)?.id ?? null),
  };
};
