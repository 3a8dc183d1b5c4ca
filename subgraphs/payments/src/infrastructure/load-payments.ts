import { asInstant, type Instant } from '@emporium/domain';
import type { Payment } from '../domain/payment.ts';
import { type Escrow, type Payment as PaymentRow, Prisma, type Refund } from './generated/client.ts';
import { paymentOf } from './payment-rows.ts';

type Tx = Prisma.TransactionClient;

export type Loaded = {
  /** Of these orders, in their order. */
  readonly payments: readonly Payment[];
  /** When the transaction began. */
  readonly now: Instant;
};

/** Takes the payments' turns, and then reads what is there: a statement for all of them, and two for what some of them need. */
export const loadPayments = async (tx: Tx, orderIds: readonly string[]): Promise<Loaded> => {
  const { rows, now } = await readInTurn(tx, orderIds);
  const withEscrows = rows.filter(({ status }) => status !== 'VOIDED' && status !== 'DECLINED');
  const escrows = await ofOrders(withEscrows, (orderId) =>
    tx.escrow.findMany({ where: { orderId }, orderBy: { shipmentId: 'asc' } }),
  );
  const captured = rows.filter(({ status }) => status === 'CAPTURED');
  const refunds = await ofOrders(captured, (orderId) => tx.refund.findMany({ where: { orderId } }));
  const known = new Map(rows.map((row) => [row.orderId, row]));
  const payments = orderIds.map((id) => {
    const of = <Row extends { orderId: string }>(all: readonly Row[]) =>
      all.filter(({ orderId }) => orderId === id);
    return paymentOf(known.get(id) ?? null, of<Escrow>(escrows), of<Refund>(refunds));
  });
  return { payments, now };
};

const ofOrders = async <Row>(
  rows: readonly PaymentRow[],
  find: (orderId: { in: string[] }) => Promise<Row[]>,
): Promise<Row[]> => (rows.length === 0 ? [] : find({ in: rows.map(({ orderId }) => orderId) }));

/** Every column, under the name that Prisma has for it. */
const columns = Prisma.raw(
  Object.keys(Prisma.PaymentScalarFieldEnum)
    .map((field) => `${field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} AS "${field}"`)
    .join(', '),
);

type Row = { now: Date } & (PaymentRow | { [Column in keyof PaymentRow]: null });

const readInTurn = async (
  tx: Tx,
  orderIds: readonly string[],
): Promise<{ rows: PaymentRow[]; now: Instant }> => {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT now(), ${columns}
    FROM (SELECT) AS transaction LEFT JOIN payments_in_turn(${[...orderIds]}::text[]) ON true`;
  const [first] = rows;
  if (!first) throw new Error('Postgres did not tell the time');
  const isThere = (row: Row): row is { now: Date } & PaymentRow => row.orderId !== null;
  return { rows: rows.filter(isThere), now: asInstant(first.now.toISOString()) };
};
