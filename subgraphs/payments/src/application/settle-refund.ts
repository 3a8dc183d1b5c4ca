import { asId } from '@emporium/domain';
import { retryDelay } from '../domain/retry-delay.ts';
import { handlePayment } from './handle-payment.ts';
import type { SettleCall } from './settle-call.ts';

/** Gives money back to a card; asks until the provider says that it is done. */
export const settleRefund: SettleCall = async (
  { transact, record, providers },
  { id, subject, attempts, provider },
) => {
  const refundId = asId<'Refund'>(id);
  const due = await transact(({ payments }) => payments.findRefund(refundId));
  if (!due) throw new Error(`refund ${id} is not known`);
  const outcome = await providers(provider).refund({ key: id, ...due });
  await record(subject, async (ports) => {
    if (outcome === 'UNKNOWN') return ports.calls.retryIn(id, retryDelay(attempts));
    const handled = await handlePayment(ports, asId(subject), { type: 'SettleRefund', refundId });
    if (!handled.ok) throw new Error(`refund ${id} could not be settled: ${handled.refusal}`);
    return ports.calls.remove(id);
  });
};
