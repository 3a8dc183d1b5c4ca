import { asId } from '@emporium/domain';
import type { Payment, PaymentCommand } from '../domain/payment.ts';
import { nextAfter } from '../domain/provider-routing.ts';
import { retryDelay } from '../domain/retry-delay.ts';
import { type Asked, askToCapture, type Go, ownersMs } from './ask-to-capture.ts';
import { handlePayment } from './handle-payment.ts';
import type { CaptureRequest, OrderId, Ports, ProviderCall } from './ports.ts';
import type { SettleCall } from './settle-call.ts';

/** Takes an order's money from its card, once, or learns that it must not or cannot. */
export const settleCapture: SettleCall = async (settling, call) => {
  const { transact, record, providers } = settling;
  const orderId: OrderId = asId(call.subject);
  const asked = await askToCapture(providers(call.provider), call, {
    describe: () => transact((ports) => describe(ports, orderId, call)),
    prepare: ({ mayCancel }) => transact((ports) => prepare(ports, orderId, call, mayCancel)),
  });
  if (asked.type === 'UNREACHED') {
    const handedOver = await transact((ports) => fallOver(ports, orderId, call));
    if (handedOver) return settleCapture(settling, handedOver);
  }
  await record(orderId, (ports) => keepAnswer(ports, orderId, call, asked));
};

type Capturing = Extract<Payment, { status: 'capturing' }>;

const requestOf = ({ terms, awaitsBuyer }: Capturing, { token }: ProviderCall): CaptureRequest => ({
  ...{ amount: terms.total, token: token ?? '', reference: terms.orderId },
  ...(awaitsBuyer?.providerOrderId && { providerOrderId: awaitsBuyer.providerOrderId }),
});

const describe = async ({ payments }: Ports, orderId: OrderId, call: ProviderCall) => {
  const payment = await payments.load(orderId);
  return payment.status === 'capturing' ? requestOf(payment, call) : null;
};

const prepare = async (
  ports: Ports,
  orderId: OrderId,
  call: ProviderCall,
  mayCancel: boolean,
): Promise<Go> => {
  const handled = await handlePayment(ports, orderId, { type: 'StartCapture' });
  if (!handled.ok || handled.payment.status !== 'capturing') return { type: 'OVER' };
  const request = requestOf(handled.payment, call);
  if (handled.payment.cancelRequested)
    return mayCancel ? { type: 'CANCEL', request } : abandon(ports, orderId, call);
  await ports.calls.markSent(call.id);
  return { type: 'SEND', request };
};

/** The provider has just said that it took nothing; but what was sent a moment ago may not have reached it yet. */
const abandon = async (ports: Ports, orderId: OrderId, { id }: ProviderCall): Promise<Go> => {
  if (!(await ports.calls.isQuiet(id))) return { type: 'LATER' };
  await handlePayment(ports, orderId, { type: 'AbandonCapture' });
  return { type: 'OVER' };
};

/** Whoever was asked has not heard of it: the next provider may be. Null when there is none, or somebody else is at it. */
const fallOver = async (
  ports: Ports,
  orderId: OrderId,
  call: ProviderCall,
): Promise<ProviderCall | null> => {
  const payment = await ports.payments.load(orderId);
  if (payment.status !== 'capturing' || payment.cancelRequested) return null;
  const request = requestOf(payment, call);
  const candidates = ports.routing.ofCard(request.amount.currency, request.token);
  const provider = nextAfter(call.provider, candidates);
  const handedOver = provider && (await ports.calls.handOver(call, provider, request));
  if (!handedOver) return null;
  await handlePayment(ports, orderId, { type: 'ChangeProvider', provider });
  return handedOver;
};

const keepAnswer = async (
  ports: Ports,
  orderId: OrderId,
  call: ProviderCall,
  asked: Asked,
): Promise<void> => {
  switch (asked.type) {
    case 'UNKNOWN':
    case 'UNREACHED':
      return ports.calls.retryIn(call.id, retryDelay(call.attempts));
    case 'OVER':
      return ports.calls.remove(call.id);
    case 'CANCELLED':
      return end(ports, orderId, call, { type: 'AbandonCapture' });
    case 'DECLINED':
      return end(ports, orderId, call, { type: 'DeclineCapture', reason: asked.reason });
    case 'ACTION_REQUIRED':
      await handlePayment(ports, orderId, { type: 'RequireAction', action: asked.action });
      return ports.calls.retryIn(call.id, ownersMs);
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
