import { asId } from '@emporium/domain';
import { topUp } from '../domain/journal.ts';
import { nextAfter } from '../domain/provider-routing.ts';
import { retryDelay } from '../domain/retry-delay.ts';
import { type Asked, askToCapture, type Go } from './ask-to-capture.ts';
import type { CardProvider } from './card-provider.ts';
import type { CaptureRequest, Ports, ProviderCall, WalletRequestId } from './ports.ts';
import type { SettleCall } from './settle-call.ts';

/** Takes a top-up's money from its card, once, or learns that the card does not pay. */
export const settleTopUp: SettleCall = async (settling, call) => {
  const { transact, record, providers } = settling;
  const provider = providers(call.provider);
  const describe = () => transact((ports) => requestOf(ports, call));
  const asked = await askToCapture(provider, call, {
    describe,
    prepare: () => transact((ports) => prepare(ports, call)),
  });
  if (asked.type === 'UNREACHED') {
    const handedOver = await transact((ports) => fallOver(ports, call));
    if (handedOver) return settleTopUp(settling, handedOver);
  }
  const end = asked.type === 'ACTION_REQUIRED' ? await giveUp(provider, call, await describe()) : asked;
  await record(call.subject, (ports) => keepAnswer(ports, call, end));
};

const requestIdOf = ({ id }: ProviderCall): WalletRequestId => asId(id);

/** Null when it has ended. */
const requestOf = async ({ walletRequests }: Ports, call: ProviderCall): Promise<CaptureRequest | null> => {
  const request = await walletRequests.find(requestIdOf(call));
  if (request?.status !== 'PENDING') return null;
  return { amount: request.amount, token: call.token ?? '', reference: call.id };
};

const prepare = async (ports: Ports, call: ProviderCall): Promise<Go> => {
  const request = await requestOf(ports, call);
  if (!request) return { type: 'OVER' };
  await ports.calls.markSent(call.id);
  return { type: 'SEND', request };
};

/** Whoever was asked has not heard of it: the next provider may be. */
const fallOver = async (ports: Ports, call: ProviderCall): Promise<ProviderCall | null> => {
  const request = await requestOf(ports, call);
  if (!request) return null;
  const candidates = ports.routing.ofCard(request.amount.currency, request.token);
  const provider = nextAfter(call.provider, candidates);
  return provider && ports.calls.handOver(call, provider, request);
};

/** Nobody is shown what a top-up's card would ask of them: it is declined. */
const giveUp = async (
  provider: CardProvider,
  { id }: ProviderCall,
  request: CaptureRequest | null,
): Promise<Asked> => {
  if (!request) return { type: 'OVER' };
  const ended = (await provider.cancel?.({ key: id, ...request })) ?? { type: 'UNKNOWN' };
  return ended.type === 'CANCELLED' ? { type: 'DECLINED', reason: 'CARD_DECLINED' } : ended;
};

const keepAnswer = async (ports: Ports, call: ProviderCall, asked: Asked): Promise<void> => {
  switch (asked.type) {
    case 'UNKNOWN':
    case 'UNREACHED':
    case 'ACTION_REQUIRED':
      return ports.calls.retryIn(call.id, retryDelay(call.attempts));
    case 'OVER':
      return ports.calls.remove(call.id);
    case 'CANCELLED':
    case 'DECLINED':
      await ports.walletRequests.finish(requestIdOf(call), 'DECLINED');
      return ports.calls.remove(call.id);
    case 'CAPTURED': {
      await ports.calls.remove(call.id);
      const done = await ports.walletRequests.finish(requestIdOf(call), 'DONE');
      if (done) await ports.ledger.post(topUp(done.userId, done.id, done.amount, call.provider));
    }
  }
};
