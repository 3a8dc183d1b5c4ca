import { asId } from '@emporium/domain';
import type { WalletRequest, WalletRequestId, WalletRequests } from '../application/ports.ts';
import type { BuyerAction } from '../domain/payment.ts';
import { Prisma, type WalletRequest as Row } from './generated/client.ts';
import { waitForEnd } from './wait-for-end.ts';

type Client = Pick<Prisma.TransactionClient, 'walletRequest'>;
type Transaction = Client & Pick<Prisma.TransactionClient, '$executeRaw' | '$queryRaw'>;

const requestOf = ({ id, userId, currency, amount, ...row }: Row): WalletRequest => ({
  id: asId(id),
  userId: asId(userId),
  kind: row.kind as WalletRequest['kind'],
  idempotencyKey: row.idempotencyKey,
  inputHash: row.inputHash,
  amount: { minor: amount, currency },
  status: row.status as WalletRequest['status'],
  nextAction: row.nextAction as BuyerAction | null,
});

const find = async (client: Client, id: WalletRequestId): Promise<WalletRequest | null> => {
  const row = await client.walletRequest.findUnique({ where: { id } });
  return row && requestOf(row);
};

/** Top-ups and withdrawals in one transaction. */
export const prismaWalletRequests = (tx: Transaction): WalletRequests => {
  const findByKey = async (userId: string, idempotencyKey: string) => {
    const where = { userId_idempotencyKey: { userId, idempotencyKey } };
    const row = await tx.walletRequest.findUnique({ where });
    return row && requestOf(row);
  };
  return {
    find: (id) => find(tx, id),
    findByKey,
    open: async (request) => {
      const { amount, ...columns } = request;
      const data = { ...columns, amount: amount.minor, currency: amount.currency };
      const { count } = await tx.walletRequest.createMany({ data, skipDuplicates: true });
      if (count === 1) return { request: { ...request, nextAction: null }, isNew: true };
      const first = await findByKey(request.userId, request.idempotencyKey);
      if (!first) throw new Error(`wallet request ${request.id} was neither kept nor there before`);
      return { request: first, isNew: false };
    },
    requireAction: async (id, action, minutes) => {
      await tx.$executeRaw`
        UPDATE wallet_requests
        SET next_action = ${JSON.stringify(action)}::jsonb, answer_by = clock_timestamp() + ${minutes} * interval '1 minute'
        WHERE id = ${id} AND status = 'PENDING' AND next_action IS NULL`;
    },
    isTooLate: async (id) => {
      const [row] = await tx.$queryRaw<unknown[]>`
        SELECT FROM wallet_requests WHERE id = ${id} AND answer_by < clock_timestamp()`;
      return row !== undefined;
    },
    finish: async (id, status) => {
      const where = { id, status: 'PENDING' };
      const data = { status, nextAction: Prisma.DbNull, answerBy: null };
      const { count } = await tx.walletRequest.updateMany({ where, data });
      return count === 1 ? find(tx, id) : null;
    },
  };
};

/** Looks until the request has ended or waits for its owner, or patience ends. */
export const createWaitForEnd =
  (client: Client) =>
  (id: WalletRequestId): Promise<WalletRequest | null> =>
    waitForEnd(() => find(client, id));
