import { currentCause } from '@emporium/messaging';
import { v7 as newId } from 'uuid';
import type { Ledger } from '../application/ports.ts';
import { walletAccount } from '../domain/account.ts';
import { faultOf, type JournalFault } from '../domain/check-journal.ts';
import { type Journal, signed } from '../domain/journal.ts';
import { JournalRefused } from '../domain/journal-refused.ts';
import { type Committed, nothingYet } from './committed.ts';
import type { Prisma } from './generated/client.ts';
import { takeTurn } from './turn.ts';

type Posted = { posted: 'POSTED' | 'KNOWN' | Extract<JournalFault, 'OTHER_CONTENT' | 'WRONG_CURRENCY'> };

/** The books. What may be refused is seen before anything is written, or by the database in the same statement. */
export const prismaLedger = (
  tx: Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>,
  committed: Pick<Committed, 'owners'> = nothingYet(),
): Ledger => ({
  post: async (journal) => {
    const fault = faultOf(journal);
    if (fault) throw new JournalRefused(fault, journal.idempotencyKey);
    const { posted } = await post(tx, journal).catch((error: unknown) => {
      throw isBelowZero(error) ? new JournalRefused('INSUFFICIENT_FUNDS', journal.idempotencyKey) : error;
    });
    if (posted === 'POSTED') {
      for (const { account } of journal.entries) if (account.ownerId) committed.owners.add(account.ownerId);
      return 'POSTED';
    }
    if (posted === 'KNOWN') return 'KNOWN';
    throw new JournalRefused(posted, journal.idempotencyKey);
  },

  lockWallet: async (userId, currency) => {
    const { id } = walletAccount(userId, currency);
    await takeTurn(tx, id);
    const [account] = await tx.$queryRaw<{ balance: bigint }[]>`
      SELECT balance + coalesce((SELECT sum(amount) FROM balance_additions WHERE account_id = id), 0)::bigint AS balance
      FROM accounts WHERE id = ${id}`;
    return account?.balance ?? 0n;
  },
});

const post = async (
  tx: Pick<Prisma.TransactionClient, '$queryRaw'>,
  { kind, cause, orderId, actor, idempotencyKey, entries }: Journal,
): Promise<Posted> => {
  const accounts = entries.map(({ account }) => account);
  const [row] = await tx.$queryRaw<Posted[]>`
    SELECT post_journal(
      ${newId()}, ${kind}, ${cause}, ${orderId}, ${idempotencyKey}, ${currentCause().causationId ?? null}, ${actor},
      ${accounts.map(({ id }) => id)}::text[], ${accounts.map((each) => each.kind)}::text[],
      ${accounts.map(({ currency }) => currency)}::text[], ${accounts.map(({ ownerId }) => ownerId)}::text[],
      ${accounts.map(({ shared }) => shared)}::boolean[], ${entries.map(signed)}::bigint[]
    ) AS posted`;
  if (!row) throw new Error(`Postgres did not say what became of the journal ${idempotencyKey}`);
  return row;
};

const isBelowZero = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('balance_is_never_negative');
