import { v7 as newId } from 'uuid';
import type { TestPayments } from './test-payments.ts';

/** A top-up of five pounds, and the worker's hands. */
export const aTopUp = (payments: TestPayments, token: string) => {
  const idempotencyKey = newId();
  const wish = { userId: newId(), amount: { minor: 500n, currency: 'GBP' }, token, idempotencyKey };
  const row = () => payments.prisma.walletRequest.findFirstOrThrow({ where: { idempotencyKey } });
  return {
    ...wish,
    row,
    /** Asks for it, or says what came of it when it was asked for before. */
    ask: () => payments.app.topUpWallet(wish),
    /** Asks the provider for whatever is next, once. */
    work: async () => {
      const { id } = await row();
      await payments.prisma.providerCall.updateMany({ where: { id }, data: { dueAt: new Date(0) } });
      const calls = await payments.transact((ports) => ports.calls.claim(10));
      const call = calls.find((each) => each.id === id);
      if (call) await payments.settle(call);
    },
    /** The time that its owner has is over. */
    timePasses: async () => {
      const { id } = await row();
      const answerBy = new Date(Date.now() - 60_000);
      await payments.prisma.walletRequest.update({ where: { id }, data: { answerBy } });
      await payments.prisma.providerCall.updateMany({ where: { id }, data: { sentAt: answerBy } });
    },
  };
};
