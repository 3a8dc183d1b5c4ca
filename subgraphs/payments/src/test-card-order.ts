import { orderCancelled, orderFailed, paymentRequested } from '@emporium/contracts';
import { anOrder, type TestPayments } from './test-payments.ts';

/** An order whose payment was asked for with a card, and the worker's hands. */
export const requestPayment = async (payments: TestPayments, token: string) => {
  const order = anOrder('CARD', token);
  const { orderId } = order;
  await payments.hear(paymentRequested, order);
  const row = () => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
  const { id } = await row();
  const claim = async () => {
    await payments.prisma.providerCall.updateMany({
      where: { subject: orderId },
      data: { dueAt: new Date(0) },
    });
    const calls = await payments.transact((ports) => ports.calls.claim(10));
    return calls.find(({ subject }) => subject === orderId);
  };
  return {
    ...order,
    id,
    row,
    /** Asks the provider for whatever is next, once. */
    work: async () => {
      const ready = payments.left.findIndex((call) => call.id === id);
      const call = ready >= 0 ? payments.left.splice(ready, 1)[0] : await claim();
      if (call) await payments.settle(call);
    },
    fail: () => payments.hear(orderFailed, { orderId, reason: 'PAYMENT_TIMED_OUT' }),
    cancel: () => payments.hear(orderCancelled, { orderId }),
  };
};
