import { asId } from '@emporium/domain';
import { topUp } from '../domain/journal.ts';
import { retryDelay } from '../domain/retry-delay.ts';
import { type Asked, askToCapture, type Go } from './ask-to-capture.ts';
import type { Ports, ProviderCall, WalletRequestId } from './ports.ts';
import type { SettleCall } from './settle-call.ts';

/** Takes a top-up's money from its card, once, or learns that the card does not pay. */
export const settleTopUp: SettleCall = async ({ transact, record, provider }, call) => {
  const asked = await askToCapture(provider, call, () => transact((ports) => prepare(ports, call)));
  await record(call.subject, (ports) => keepAnswer(ports, call, asked));
};

const requestIdOf = ({ id }: ProviderCall): WalletRequestId => asId(id);

const prepare = async (ports: Ports, call: ProviderCall): Promise<Go> => {
  const request = await ports.walletRequests.find(requestIdOf(call));
  if (request?.status !== 'PENDING') return { type: 'OVER' };
  await ports.calls.markSent(call.id);
  return { type: 'SEND', request: { amount: request.amount, token: call.token ?? '', reference: call.id } };
};

const keepAnswer = async (ports: Ports, call: ProviderCall, asked: Asked): Promise<void> => {
  if (asked.type === 'UNKNOWN') return ports.calls.retryIn(call.id, retryDelay(call.attempts));
  if (asked.type === 'DECLINED') await ports.walletRequests.finish(requestIdOf(call), 'DECLINED');
  await ports.calls.remove(call.id);
  if (asked.type !== 'CAPTURED') return;
  const done = await ports.walletRequests.finish(requestIdOf(call), 'DONE');
  if (done) await ports.ledger.post(topUp(done.userId, done.id, done.amount));
};
