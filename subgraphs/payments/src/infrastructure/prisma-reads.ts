import { asId, asInstant, type Money } from '@emporium/domain';
import type { Reads } from '../application/reads.ts';
import type { PaymentView, TopUpView, WalletView } from '../application/views.ts';
import { walletAccount } from '../domain/account.ts';
import type { BuyerAction } from '../domain/payment.ts';
import { type RecordedStatus, statusOf } from '../domain/payment-status.ts';
import { claimReads } from './claim-reads.ts';
import { disputeReads } from './dispute-reads.ts';
import { type ExchangeRateRow, exchangeRateColumns, exchangeRateOf } from './euro-rates.ts';
import { Prisma, type PrismaClient, type Payment as Row } from './generated/client.ts';
import { methodReads } from './method-reads.ts';
import { totalOf } from './payment-rows.ts';
import { reconciliationReads } from './reconciliation/reads.ts';
import { type EntryRow, entryColumns, entryOf, entrySource } from './wallet-entry-rows.ts';

const defaultCurrency = 'GBP';

/** What screens ask, straight from the tables. */
export const prismaReads = (prisma: PrismaClient): Reads => ({
  ...claimReads(prisma),
  ...disputeReads(prisma),
  ...reconciliationReads(prisma),
  ...methodReads(prisma),

  payments: async (orderIds) => {
    const rows = await prisma.payment.findMany({
      where: { orderId: { in: [...orderIds] }, amount: { not: null } },
      include: { escrows: { select: { sellerId: true, amount: true, refunded: true, reclaimed: true } } },
    });
    return new Map(
      rows.flatMap((row): [string, PaymentView][] => {
        const amount = totalOf(row);
        if (!amount) return [];
        const { orderId, id, buyerId, captured, refunded, declineReason, guestTokenHash, escrows } = row;
        const status = statusOf(row.status as RecordedStatus, captured, refunded);
        const back: Money = { minor: refunded, currency: amount.currency };
        return [
          [
            orderId,
            {
              orderId,
              id,
              status,
              amount,
              refunded: back,
              buyerId: buyerId ?? '',
              guestTokenHash,
              nextAction: actionOf(row),
              declineReason: declineReason as PaymentView['declineReason'],
              parts: escrows.map(partOf),
            },
          ],
        ];
      }),
    );
  },

  wallets: async (userIds) => {
    const [amounts, topUps] = await Promise.all([
      walletAmounts(prisma, userIds),
      pendingTopUps(prisma, userIds),
    ]);
    return new Map(userIds.map((userId) => [userId, walletsOf(userId, amounts, topUps)]));
  },

  walletEntries: async (userId, currency, { limit, before }) => {
    const { id: accountId } = walletAccount(asId(userId), currency);
    const rows = await prisma.$queryRaw<EntryRow[]>`
      SELECT ${entryColumns} ${entrySource}
      WHERE entry.account_id = ${accountId} AND ${before === null ? Prisma.sql`TRUE` : Prisma.sql`entry.position < ${before}`}
      ORDER BY entry.position DESC LIMIT ${limit}`;
    return rows.map(entryOf);
  },

  exchangeRates: async ({ limit, after }) => {
    const rows = await prisma.$queryRaw<ExchangeRateRow[]>`
      SELECT ${exchangeRateColumns} FROM exchange_rates
      WHERE ${after === null ? Prisma.sql`TRUE` : Prisma.sql`id < ${after}`} ORDER BY id DESC LIMIT ${limit}`;
    return rows.map(exchangeRateOf);
  },

  settlementCurrencies: async (sellerIds) => {
    const rows = await prisma.$queryRaw<{ sellerId: string; currency: string }[]>`
      SELECT seller_id AS "sellerId", chosen.currency FROM unnest(${[...sellerIds]}::text[]) AS asked (seller_id), LATERAL (
        SELECT currency FROM settlement_choices AS choice WHERE choice.seller_id = asked.seller_id ORDER BY position DESC LIMIT 1
      ) AS chosen WHERE chosen.currency IS NOT NULL`;
    return new Map(rows.map(({ sellerId, currency }) => [sellerId, currency]));
  },

  commissionRates: async ({ limit, after }) => {
    const rows = await prisma.commissionRate.findMany({
      where: after === null ? {} : { id: { lt: after } },
      orderBy: { id: 'desc' },
      take: limit,
    });
    return rows.map(({ id, sellerId, currency, basisPoints, validFrom }) => ({
      id: asId(id),
      sellerId: sellerId === null ? null : asId(sellerId),
      currency,
      basisPoints,
      validFrom: asInstant(validFrom.toISOString()),
    }));
  },
});

/** Null also once nobody waits for it any more. */
const actionOf = ({ nextAction, cancelRequested }: Row): BuyerAction | null =>
  cancelRequested ? null : (nextAction as BuyerAction | null);

/** What of a payment is one seller's. */
const partOf = ({ reclaimed, refunded, ...part }: Part & { reclaimed: bigint }): Part => ({
  ...part,
  refunded: refunded + reclaimed,
});

type Part = PaymentView['parts'][number];

type Amount = { userId: string; currency: string; balance: bigint; pending: bigint; owed: bigint };

const walletAmounts = (prisma: PrismaClient, userIds: readonly string[]): Promise<Amount[]> =>
  prisma.$queryRaw<Amount[]>`
    SELECT user_id AS "userId", currency, sum(balance)::bigint AS balance, sum(pending)::bigint AS pending,
      sum(owed)::bigint AS owed
    FROM (
      SELECT owner_id AS user_id, currency, balance, 0 AS pending, 0 AS owed FROM accounts WHERE owner_id = ANY(${[...userIds]})
      UNION ALL
      SELECT owner_id, currency, amount, 0, 0 FROM balance_additions JOIN accounts ON accounts.id = account_id
      WHERE owner_id = ANY(${[...userIds]})
      UNION ALL
      SELECT wallet.owner_id, wallet.currency, 0, 0, claim.balance + coalesce(
        (SELECT sum(amount) FROM balance_additions WHERE account_id = claim.id), 0)
      FROM accounts AS wallet JOIN accounts AS claim ON claim.id = 'claims' || substr(wallet.id, length('wallet') + 1)
      WHERE wallet.owner_id = ANY(${[...userIds]})
      UNION ALL
      SELECT seller_id, currency, 0, amount - refunded, 0 FROM escrows WHERE state = 'HELD' AND seller_id = ANY(${[...userIds]})
      UNION ALL
      SELECT user_id, currency, 0, amount, 0 FROM wallet_requests
      WHERE kind = 'TOP_UP' AND status = 'PENDING' AND user_id = ANY(${[...userIds]})
    ) AS part
    GROUP BY user_id, currency
    ORDER BY currency`;

/** So many of a user's last ones are told. */
const mostTopUps = 20;

type TopUpRow = Omit<TopUpView, 'amount' | 'at' | 'answerBy'> & {
  readonly minor: bigint;
  readonly currency: string;
  readonly createdAt: Date;
  readonly answerBy: Date | null;
};

/** What its owner can do no more they are not told either. */
const pendingTopUps = async (prisma: PrismaClient, userIds: readonly string[]): Promise<TopUpView[]> => {
  const rows = await prisma.$queryRaw<TopUpRow[]>`
    SELECT id, user_id AS "userId", idempotency_key AS "idempotencyKey", amount AS minor, currency, created_at AS "createdAt",
      CASE WHEN answer_by > clock_timestamp() THEN next_action END AS "nextAction",
      CASE WHEN answer_by > clock_timestamp() THEN answer_by END AS "answerBy"
    FROM unnest(${[...userIds]}::text[]) AS asked (asked_id), LATERAL (
      SELECT * FROM wallet_requests WHERE user_id = asked_id AND kind = 'TOP_UP' AND status = 'PENDING'
      ORDER BY id DESC LIMIT ${mostTopUps}
    ) AS pending`;
  return rows.map(({ minor, currency, createdAt, answerBy, ...row }) => ({
    ...row,
    amount: { minor, currency },
    at: asInstant(createdAt.toISOString()),
    answerBy: answerBy && asInstant(answerBy.toISOString()),
  }));
};

const walletsOf = (
  userId: string,
  amounts: readonly Amount[],
  topUps: readonly TopUpView[],
): WalletView[] => {
  const wallets = amounts
    .filter((amount) => amount.userId === userId)
    .map(({ currency, balance, pending, owed }) => ({
      userId,
      balance: { minor: balance, currency },
      pending: { minor: pending, currency },
      owed: { minor: owed, currency },
      topUps: topUps.filter(
        ({ userId: whose, amount }) => whose === userId && amount.currency === currency,
      ),
    }));
  const isDefault = ({ balance }: WalletView) => balance.currency === defaultCurrency;
  const none = { minor: 0n, currency: defaultCurrency };
  const first = wallets.find(isDefault) ?? { userId, balance: none, pending: none, owed: none, topUps: [] };
  return [first, ...wallets.filter((wallet) => !isDefault(wallet))];
};
