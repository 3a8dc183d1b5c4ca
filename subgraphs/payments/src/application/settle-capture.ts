import { asId } from '@emporium/domain';
import type { PaymentCommand } from '../domain/payment.ts';
import { retryDelay } from '../domain/retry-delay.ts';
import { type Asked, askToCapture, type Go } from './ask-to-capture.ts';
import { handlePayment } from './handle-payment.ts';
import type { OrderId, Ports, ProviderCall } from './ports.ts';
import type { SettleCall } from './settle-call.ts';

/** Takes an order's money from its card, once, or learns that it must not or cannot. */
export const settleCapture: SettleCall = async ({ transact, record, provider }, call) => {
  const orderId: OrderId = asId(call.subject);
  const asked = await askToCapture(provider, call, () =>
    transact((ports) => prepare(ports, orderId, call)),
  );
  await record(orderId, (ports) => keepAnswer(ports, orderId, call, asked));
};

const prepare = async (ports: Ports, orderId: OrderId, call: ProviderCall): Promise<Go> => {
  const handled = await handlePayment(ports, orderId, { type: 'StartCapture' });
  if (!handled.ok || handled.payment.status !== 'capturing') return { type: 'OVER' };
  const { terms, cancelRequested } = handled.payment;
  if (cancelRequested) return abandon(ports, orderId, call);
  await ports.calls.markSent(call.id);
  return { type: 'SEND', request: { amount: terms.total, token: call.token ?? '', reference: orderId } };
};

/** The provider has just said that it took nothing; but what was sent a moment ago may not have reached it yet. */
const abandon = async (ports: Ports, orderId: OrderId, { id }: ProviderCall): Promise<Go> => {
  if (!(await ports.calls.isQuiet(id))) return { type: 'LATER' };
  await handlePayment(ports, orderId, { type: 'AbandonCapture' });
  return { type: 'OVER' };
};

const keepAnswer = async (
  ports: Ports,
  orderId: OrderId,
  call: ProviderCall,
  asked: Asked,
): Promise<void> => {
  switch (asked.type) {
    case 'UNKNOWN':
      return ports.calls.retryIn(call.id, retryDelay(call.attempts));
    case 'OVER':
      return ports.calls.remove(call.id);
    case 'DECLINED':
      return end(ports, orderId, call, { type: 'DeclineCapture', reason: asked.reason });
    case 'CAPTURED': {
      const { captureId } = asked;
      const refundId = ports.newId<'Refund'>();
      return end(ports, orderId, call, { type: 'ConfirmCapture', captureId, refundId });
    }
  }
};

/** What ends a capture takes its call along; when another worker was quicker, nothing happens any more. */
const end = async (
  ports: Ports,
  orderId: OrderId,
  { id }: ProviderCall,
  command: PaymentCommand,
): Promise<void> => {
  const handled = await handlePayment(ports, orderId, command);
  if (!handled.ok) throw new Error(`the provider took money for order ${orderId}: ${handled.refusal}`);
  if (handled.events.length === 0) await ports.calls.remove(id);
};
