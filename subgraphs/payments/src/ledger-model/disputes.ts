/** What people do about shipments in a story: dispute them, think better of it, decide. */
import type { Id } from '@emporium/domain';
import {
  createDecideDispute,
  createOpenDispute,
  createWithdrawDispute,
} from '../application/dispute-shipments.ts';
import type { Transact } from '../application/ports.ts';
import type { DisputeView } from '../application/views.ts';
import type { Operation, Order } from './operations.ts';

type Stage = {
  readonly transact: Transact;
  readonly hash: (text: string) => string;
  readonly orders: readonly Order[];
  readonly userId: (user: number) => Id<'User'>;
  readonly shipmentId: (order: number, shipment: number) => Id<'Shipment'>;
};

type Of<Type extends Operation['type']> = Extract<Operation, { type: Type }>;

/** All that is looked at afterwards. */
const reads = { dispute: async (id: string) => ({ id }) as DisputeView };

export const createDisputes = ({ transact, hash, orders, userId, shipmentId }: Stage) => {
  const ports = { transact, reads, hash };
  const openDispute = createOpenDispute(ports);
  const withdrawDispute = createWithdrawDispute(ports);
  const decideDispute = createDecideDispute(ports);
  /** The last that was opened about each shipment. */
  const opened = new Map<string, string>();
  const buyerOf = (order: number) => userId(orders[order]?.buyer ?? 0);
  const disputeOf = (order: number, shipment: number) => opened.get(shipmentId(order, shipment)) ?? 'none';

  const dispute = async ({ order, shipment, isBuyer, key }: Of<'DISPUTE'>): Promise<void> => {
    const about = shipmentId(order, shipment);
    const outcome = await openDispute({
      ...{ userId: isBuyer ? buyerOf(order) : 'nobody', shipmentId: about, reason: 'OTHER' },
      ...{ note: null, idempotencyKey: `${about}-${key}` },
    });
    if (outcome.ok) opened.set(about, outcome.dispute.id);
  };
  const decide = async ({ order, shipment, inFavourOf, minor }: Of<'DECIDE'>): Promise<void> => {
    const refund = minor === null ? null : { minor: BigInt(minor), currency: 'GBP' };
    const decision = inFavourOf === 'BUYER' ? { inFavourOf, refund } : { inFavourOf };
    await decideDispute({ userId: 'admin', disputeId: disputeOf(order, shipment), ...decision });
  };
  const withdraw = async ({ order, shipment }: Of<'WITHDRAW_DISPUTE'>): Promise<void> => {
    await withdrawDispute({ userId: buyerOf(order), disputeId: disputeOf(order, shipment) });
  };

  return (operation: Of<'DISPUTE' | 'WITHDRAW_DISPUTE' | 'DECIDE'>): Promise<void> => {
    if (operation.type === 'DISPUTE') return dispute(operation);
    return operation.type === 'DECIDE' ? decide(operation) : withdraw(operation);
  };
};
