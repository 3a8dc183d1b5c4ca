import { asId, asInstant } from '@emporium/domain';
import { placeIn, type Seal } from '@emporium/encryption';
import { gather } from '@emporium/messaging';
import type { FoundCard, KnownPaymentMethod, PaymentMethods } from '../application/ports.ts';
import { type Expiry, isExpired, type MethodState } from '../domain/payment-method.ts';
import type { OpenToken } from './create-open-token.ts';
import type { PaymentMethod, Prisma } from './generated/client.ts';
import { sealedMethods } from './sealed-tables.ts';
import { takeTurns } from './turn.ts';

type Tx = Prisma.TransactionClient;

const nothing = {
  ...{ label: null, brand: null, last4: null, expiryMonth: null, expiryYear: null },
  ...{ sealedToken: null, isDefault: false },
};

/** The cards that users keep, in one transaction. Their tokens are in clear nowhere but in memory. */
export const prismaPaymentMethods = (tx: Tx, seal: Seal, openToken: OpenToken): PaymentMethods => {
  const open = (id: string, sealed: string | null) =>
    sealed === null ? null : seal.open(sealed, placeIn(sealedMethods, id));
  const findCards = gather((asked: readonly Asked[]) => cardsOf(tx, asked, open, openToken));
  return {
    load: async (userId) => {
      await takeTurns(tx, [`payment-methods:${userId}`]);
      const [{ now, isGone } = { now: new Date(), isGone: true }] = await tx.$queryRaw<
        { now: Date; isGone: boolean }[]
      >`SELECT now(), EXISTS (SELECT FROM deleted_users WHERE user_id = ${userId}) AS "isGone"`;
      const rows = await tx.paymentMethod.findMany({
        where: { userId, status: { in: ['PENDING', 'ACTIVE'] } },
        orderBy: { id: 'asc' },
      });
      return { methods: rows.map(stateOf), at: asInstant(now.toISOString()), isGone };
    },
    findByKey: async (userId, idempotencyKey) => {
      const where = { userId_idempotencyKey: { userId, idempotencyKey } };
      return knownOf(await tx.paymentMethod.findUnique({ where }));
    },
    find: async (userId, id) => knownOf(await tx.paymentMethod.findFirst({ where: { userId, id } })),
    add: async (method) => {
      await tx.paymentMethod.createMany({ data: { ...method, status: 'PENDING' } });
    },
    activate: async (id, token, { brand, last4, expiry }) => {
      const sealedToken = seal.seal(token, placeIn(sealedMethods, id));
      const expires = { expiryMonth: expiry?.month ?? null, expiryYear: expiry?.year ?? null };
      const data = { status: 'ACTIVE', brand, last4, ...expires, sealedToken };
      await tx.paymentMethod.updateMany({ where: { id }, data });
    },
    refuse: async (id, refusal) => {
      await tx.paymentMethod.updateMany({
        where: { id },
        data: { ...nothing, status: 'REFUSED', refusal },
      });
    },
    setDefault: async (userId, id) => {
      await tx.paymentMethod.updateMany({
        where: { userId, isDefault: true, id: { not: id } },
        data: { isDefault: false },
      });
      await tx.paymentMethod.updateMany({ where: { userId, id }, data: { isDefault: true } });
    },
    remove: async (id) => {
      const row = await tx.paymentMethod.findUnique({ where: { id } });
      await tx.paymentMethod.updateMany({ where: { id }, data: { ...nothing, status: 'REMOVED' } });
      return open(id, row?.sealedToken ?? null);
    },
    eraseAllOf: async (userId) => {
      await takeTurns(tx, [`payment-methods:${userId}`]);
      const rows = await tx.$queryRaw<{ id: string; sealed: string | null }[]>`
        DELETE FROM payment_methods WHERE user_id = ${userId} RETURNING id, sealed_token AS sealed`;
      return rows.flatMap(({ id, sealed }) => open(id, sealed) ?? []);
    },
    findCard: findCards,
  };
};

type Asked = Parameters<PaymentMethods['findCard']>[0];
type Open = (id: string, sealed: string | null) => string | null;

/**
 * One statement for all saved ones, and none without any. All are told at once, whatever takes long: so that what they ask next
 * is gathered, too.
 */
const cardsOf = async (
  tx: Tx,
  asked: readonly Asked[],
  open: Open,
  openToken: OpenToken,
): Promise<FoundCard[]> => {
  const opening = asked.map(({ sealed }) => sealed && openToken(sealed.token, sealed.orderId));
  const ids = asked.flatMap(({ sealed, token, paymentMethodId }) =>
    sealed || token ? [] : (paymentMethodId ?? []),
  );
  const [opened, rows] = await Promise.all([
    Promise.all(opening),
    ids.length === 0 ? [] : readSaved(tx, ids),
  ]);
  const saved = new Map(rows.map((row) => [row.id, row]));
  return asked.map(({ userId, sealed, token: given, paymentMethodId }, index) => {
    const token = sealed ? opened[index] : given;
    if (token) return { type: 'CARD', token };
    if (sealed) return { type: 'TOKEN_UNREADABLE' };
    if (!paymentMethodId) return { type: 'NO_CARD' };
    const row = saved.get(paymentMethodId);
    return row?.userId === userId ? cardOf(row, open) : { type: 'METHOD_NOT_FOUND' };
  });
};

type SavedRow = Pick<
  PaymentMethod,
  'id' | 'userId' | 'status' | 'sealedToken' | 'expiryMonth' | 'expiryYear'
> & { readonly now: Date };

const readSaved = (tx: Tx, ids: readonly string[]) =>
  tx.$queryRaw<SavedRow[]>`
    SELECT id, user_id AS "userId", status, sealed_token AS "sealedToken", expiry_month AS "expiryMonth",
      expiry_year AS "expiryYear", now()
    FROM payment_methods WHERE id = ANY(${[...ids]})`;

const cardOf = ({ now, ...row }: SavedRow, open: Open): FoundCard => {
  if (row.status === 'REMOVED') return { type: 'METHOD_REMOVED' };
  if (isExpired(expiryOf(row), asInstant(now.toISOString()))) return { type: 'METHOD_EXPIRED' };
  const token = open(row.id, row.sealedToken);
  return token === null ? { type: 'METHOD_NOT_FOUND' } : { type: 'CARD', token };
};

/** Null where the provider tells of none. */
export const expiryOf = ({
  expiryMonth: month,
  expiryYear: year,
}: Pick<PaymentMethod, 'expiryMonth' | 'expiryYear'>): Expiry | null =>
  month === null || year === null ? null : { month, year };

const stateOf = (row: PaymentMethod) => ({
  id: row.id,
  status: row.status as MethodState['status'],
  expiry: expiryOf(row),
  isDefault: row.isDefault,
  wantsDefault: row.wantsDefault,
});

const knownOf = (row: PaymentMethod | null): KnownPaymentMethod | null =>
  row && {
    id: asId(row.id),
    inputHash: row.inputHash,
    status: row.status as KnownPaymentMethod['status'],
    refusal: row.refusal as KnownPaymentMethod['refusal'],
  };
