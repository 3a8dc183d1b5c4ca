import { asId } from '@emporium/domain';
import { topUp } from '../domain/journal.ts';
import { nextAfter } from '../domain/provider-routing.ts';
import { retryDelay } from '../domain/retry-delay.ts';
import { type Asked, askToCapture, type Go, type Known, ownersMs } from './ask-to-capture.ts';
import type { CaptureRequest, Ports, ProviderCall, WalletRequest, WalletRequestId } from './ports.ts';
import type { SettleCall } from './settle-call.ts';

/** How long the owner of a top-up's card has to do what their bank wants; an order's deadline is the order's. */
const minutesToAct = 30;

/** Takes a top-up's money from its card, once, or learns that the card does not pay. */
export const settleTopUp: SettleCall = async (settling, call) => {
  const { transact, record, providers } = settling;
  const asked = await askToCapture(providers(call.provider), call, {
    describe: () => transact((ports) => describe(ports, call)),
    prepare: (known) => transact((ports) => prepare(ports, call, known)),
  });
  if (asked.type === 'UNREACHED') {
    const handedOver = await transact((ports) => fallOver(ports, call));
    if (handedOver) return settleTopUp(settling, handedOver);
  }
  await record(call.subject, (ports) => keepAnswer(ports, call, asked));
};

const requestIdOf = ({ id }: ProviderCall): WalletRequestId => asId(id);

/** Null when it has ended. */
const pendingOf = async ({ walletRequests }: Ports, call: ProviderCall): Promise<WalletRequest | null> => {
  const request = await walletRequests.find(requestIdOf(call));
  return request?.status === 'PENDING' ? request : null;
};

const captureOf = ({ id, token }: ProviderCall, { amount, nextAction }: WalletRequest): CaptureRequest => ({
  ...{ amount, token: token ?? '', reference: id },
  ...(nextAction?.providerOrderId && { providerOrderId: nextAction.providerOrderId }),
});

const describe = async (ports: Ports, call: ProviderCall): Promise<CaptureRequest | null> => {
  const pending = await pendingOf(ports, call);
  return pending && captureOf(call, pending);
};

/** Who has agreed in time is not too late because nobody has looked since. */
const prepare = async (
  ports: Ports,
  call: ProviderCall,
  { mayCancel, isAuthorised }: Known,
): Promise<Go> => {
  const pending = await pendingOf(ports, call);
  if (!pending) return { type: 'OVER' };
  const request = captureOf(call, pending);
  const waits = pending.nextAction !== null && !isAuthorised;
  if (waits && (await ports.walletRequests.isTooLate(pending.id)))
    return mayCancel ? { type: 'CANCEL', request } : abandon(ports, call);
  await ports.calls.markSent(call.id);
  return { type: 'SEND', request };
};

/** Whoever was asked has not heard of it: the next provider may be. */
const fallOver = async (ports: Ports, call: ProviderCall): Promise<ProviderCall | null> => {
  const request = await describe(ports, call);
  if (!request) return null;
  const candidates = ports.routing.ofCard(request.amount.currency, request.token);
  const provider = nextAfter(call.provider, candidates);
  return provider && ports.calls.handOver(call, provider, request);
};

/** The provider has just said that it took nothing; but what was sent a moment ago may not have reached it yet. */
const abandon = async (ports: Ports, call: ProviderCall): Promise<Go> => {
  if (!(await ports.calls.isQuiet(call.id))) return { type: 'LATER' };
  await ports.walletRequests.finish(requestIdOf(call), 'DECLINED');
  return { type: 'OVER' };
};

const keepAnswer = async (ports: Ports, call: ProviderCall, asked: Asked): Promise<void> => {
  switch (asked.type) {
    case 'UNKNOWN':
    case 'UNREACHED':
      return ports.calls.retryIn(call.id, retryDelay(call.attempts));
    case 'OVER':
      return ports.calls.remove(call.id);
    case 'ACTION_REQUIRED':
      await ports.walletRequests.requireAction(requestIdOf(call), asked.action, minutesToAct);
      return ports.calls.retryIn(call.id, ownersMs);
    case 'CANCELLED':
    case 'DECLINED':
      await ports.walletRequests.finish(requestIdOf(call), 'DECLINED');
      return ports.calls.remove(call.id);
    case 'CAPTURED': {
      await ports.calls.remove(call.id);
      // Null when another worker was quicker.
      const done = await ports.walletRequests.finish(requestIdOf(call), 'DONE');
      if (done) await ports.ledger.post(topUp(done.userId, done.id, done.amount, call.provider));
    }
  }
};
