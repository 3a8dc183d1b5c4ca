import type { Money } from '@emporium/domain';
import type { Actor } from '../../domain/order-command.ts';
import type { ArrivedUnits, ReturnNoteAbout } from '../../domain/return.ts';
import { handleOrder, type OrderRequest } from '../handle-order.ts';
import { keepSaid } from '../keep-said.ts';
import type { ReturnId, Transact } from '../ports.ts';
import type { ReturnOutcome } from './return-outcome.ts';

type Request = Extract<
  OrderRequest,
  { type: 'ApproveReturn' | 'RejectReturn' | 'WithdrawReturn' | 'ReceiveReturn' }
>;

const decideOn = (
  transact: Transact,
  request: Request,
  said: { readonly about: ReturnNoteAbout; readonly text: string | null } | null = null,
): Promise<ReturnOutcome> =>
  transact(async (ports) => {
    const { returnId } = request;
    const orderId = await ports.orders.orderOfReturn(returnId);
    if (!orderId) return { ok: false, refusal: 'NOT_FOUND' };
    const decision = await handleOrder(ports, orderId, request);
    if (!decision.ok) return decision;
    if (said && decision.events.length > 0)
      await keepSaid(ports, orderId, said.text, (text) =>
        ports.privateRecords.keepReturnNote(returnId, orderId, said.about, text),
      );
    return { ok: true, returnId, orderId };
  });

/** The seller waits for what was asked to be returned. */
export const approveReturn = (transact: Transact) => (by: Actor, returnId: ReturnId) =>
  decideOn(transact, { type: 'ApproveReturn', by, returnId });

/** The seller does not want it back, and says why. */
export const rejectReturn = (transact: Transact) => (by: Actor, returnId: ReturnId, reason: string) =>
  decideOn(transact, { type: 'RejectReturn', by, returnId }, { about: 'REJECTION', text: reason });

/** The buyer keeps it after all. */
export const cancelReturn = (transact: Transact) => (by: Actor, returnId: ReturnId) =>
  decideOn(transact, { type: 'WithdrawReturn', by, returnId });

export type Arrival = {
  readonly lines: readonly ArrivedUnits[];
  /** Null is what was paid for them. */
  readonly refund: Money | null;
  /** Why it is less than that. */
  readonly reason: string | null;
};

/** It came back: its units are in stock again or written off, and its money is the buyer's. */
export const receiveReturn =
  (transact: Transact) =>
  (by: Actor, returnId: ReturnId, { lines, refund, reason }: Arrival) =>
    decideOn(
      transact,
      { type: 'ReceiveReturn', by, returnId, lines, refund, isExplained: reason !== null },
      { about: 'RECEIPT', text: reason },
    );
