import { asId } from '@emporium/domain';
import type { WalletRequest, WalletRequestId, WalletRequests } from '../application/ports.ts';
import type { Prisma, WalletRequest as Row } from './generated/client.ts';
import { waitForEnd } from './wait-for-end.ts';

type Client = Pick<Prisma.TransactionClient, 'walletRequest'>;

const requestOf = ({ id, userId, currency, amount, ...row }: Row): WalletRequest => ({
  id: asId(id),
  userId: asId(userId),
  kind: row.kind as WalletRequest['kind'],
  idempotencyKey: row.idempotencyKey,
  inputHash: row.inputHash,
  amount: { minor: amount, currency },
  status: row.status as WalletRequest['status'],
});

const find = async (client: Client, id: WalletRequestId): Promise<WalletRequest | null> => {
  const row = await client.walletRequest.findUnique({ where: { id } });
  return row && requestOf(row);
};

/** Top-ups and withdrawals in one transaction. */
export const prismaWalletRequests = (tx: Client): WalletRequests => {
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
      if (count === 1) return { request, isNew: true };
      const first = await findByKey(request.userId, request.idempotencyKey);
      if (!first) throw new Error(`wallet request ${request.id} was neither kept nor there before`);
      return { request: first, isNew: false };
    },
    finish: async (id, status) => {
      const where = { id, status: 'PENDING' };
      const { count } = await tx.walletRequest.updateMany({ where, data: { status } });
      return count === 1 ? find(tx, id) : null;
    },
  };
};

/** Looks until the request is no longer pending, or patience ends. */
export const createWaitForEnd =
  (client: Client) =>
  (id: WalletRequestId): Promise<WalletRequest | null> =>
    waitForEnd(() => find(client, id));
