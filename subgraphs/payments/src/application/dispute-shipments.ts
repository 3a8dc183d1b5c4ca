/** What people may do about a shipment whose money is held: dispute it, withdraw that, and decide it. */
import { asId, equals, type Money } from '@emporium/domain';
import type { DisputeReason } from '../domain/dispute.ts';
import { type DisputeOutcome, type Ruled, refusalOf, refused } from './dispute-outcome.ts';
import { type Handled, handlePayment } from './handle-payment.ts';
import { mayDispute } from './may-dispute.ts';
import type { Dispute, DisputeId, Ports, SoldShipment, Transact, UserId } from './ports.ts';
import type { Reads } from './reads.ts';

export type OpenDispute = (wish: {
  readonly userId: string;
  readonly shipmentId: string;
  readonly reason: DisputeReason;
  readonly note: string | null;
  readonly idempotencyKey: string;
}) => Promise<DisputeOutcome>;

export type WithdrawDispute = (wish: {
  readonly userId: string;
  readonly disputeId: string;
}) => Promise<DisputeOutcome>;

/** `refund` is what goes back to the buyer, null being all that is held. */
export type Decision =
  | { readonly inFavourOf: 'SELLER' }
  | { readonly inFavourOf: 'BUYER'; readonly refund: Money | null };

export type DecideDispute = (
  wish: { readonly userId: string; readonly disputeId: string } & Decision,
) => Promise<DisputeOutcome>;

export type DisputePorts = {
  readonly transact: Transact;
  readonly reads: Pick<Reads, 'dispute'>;
  /** SHA-256 of a text. */
  readonly hash: (text: string) => string;
};

const told = async (reads: DisputePorts['reads'], ruled: Ruled): Promise<DisputeOutcome> => {
  if (!ruled.ok) return ruled;
  const dispute = await reads.dispute(ruled.id);
  if (!dispute) throw new Error(`dispute ${ruled.id} is gone`);
  return { ok: true, dispute };
};

/** Opens one. The same wish again gives the same one, whatever became of it. */
export const createOpenDispute =
  ({ transact, reads, hash }: DisputePorts): OpenDispute =>
  async ({ userId, shipmentId, reason, note, idempotencyKey }) => {
    const inputHash = hash(JSON.stringify(['DISPUTE', shipmentId, reason, note]));
    const said = { note, idempotencyKey, inputHash };
    const buyerId: UserId = asId(userId);
    const ruled = await transact(async (ports): Promise<Ruled> => {
      const sold = await ports.disputes.findShipment(asId(shipmentId));
      if (!sold || !mayDispute({ id: userId }, sold)) return refused('NOT_FOUND');
      const earlier = await ports.disputes.findByKey(buyerId, idempotencyKey);
      if (!earlier) return open(ports, sold, reason, said);
      return earlier.inputHash === inputHash
        ? { ok: true, id: earlier.id }
        : refused('IDEMPOTENCY_MISMATCH');
    });
    return told(reads, ruled);
  };

const open = async (
  ports: Ports,
  { orderId, shipmentId }: SoldShipment,
  reason: DisputeReason,
  said: Parameters<Ports['disputes']['keepSaid']>[1],
): Promise<Ruled> => {
  const disputeId = ports.newId<'Dispute'>();
  const handled = await handlePayment(ports, orderId, {
    type: 'OpenDispute',
    ...{ disputeId, shipmentId, reason },
  });
  if (!handled.ok) return refused(refusalOf(handled.refusal));
  await ports.disputes.keepSaid(disputeId, said);
  return { ok: true, id: disputeId };
};

/** Withdraws one; once more changes nothing. */
export const createWithdrawDispute =
  ({ transact, reads }: DisputePorts): WithdrawDispute =>
  async ({ userId, disputeId }) => {
    const ruled = await transact(async (ports) => {
      const dispute = await ports.disputes.find(asId(disputeId));
      if (!dispute || !mayDispute({ id: userId }, dispute)) return refused('NOT_FOUND');
      const { orderId, shipmentId, id } = dispute;
      const handled = await handlePayment(ports, orderId, {
        type: 'WithdrawDispute',
        ...{ disputeId: id, shipmentId },
      });
      return ruling(ports, id, handled, ({ status }) => status === 'WITHDRAWN');
    });
    return told(reads, ruled);
  };

/** Decides one, for who may; the same decision once more changes nothing. */
export const createDecideDispute =
  ({ transact, reads }: DisputePorts): DecideDispute =>
  async ({ userId, disputeId, ...decision }) => {
    const ruled = await transact(async (ports) => {
      const dispute = await ports.disputes.find(asId(disputeId));
      if (!dispute) return refused('NOT_FOUND');
      const { orderId, shipmentId, id } = dispute;
      const handled = await handlePayment(ports, orderId, {
        type: 'DecideDispute',
        ...{ disputeId: id, shipmentId, by: asId<'User'>(userId), refundId: ports.newId<'Refund'>() },
        ...decision,
      });
      return ruling(ports, id, handled, (before) => isSame(before, decision));
    });
    return told(reads, ruled);
  };

/** Whether it had ended that way before is asked when nobody else can end it any more. */
const ruling = async (
  { disputes }: Ports,
  id: DisputeId,
  handled: Handled,
  isSameEnd: (dispute: Dispute) => boolean,
): Promise<Ruled> => {
  if (handled.ok) return { ok: true, id };
  const dispute = handled.refusal === 'ALREADY_DECIDED' ? await disputes.find(id) : null;
  return dispute && isSameEnd(dispute) ? { ok: true, id } : refused(refusalOf(handled.refusal));
};

const isSame = ({ status, refunded, released }: Dispute, decision: Decision): boolean => {
  if (status !== decision.inFavourOf) return false;
  if (decision.inFavourOf === 'SELLER') return true;
  return decision.refund === null ? released.minor === 0n : equals(decision.refund, refunded);
};
