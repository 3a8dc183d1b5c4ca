import { asId } from '@emporium/domain';
import { becomesDefault, isExpired } from '../../domain/payment-method.ts';
import { retryDelay } from '../../domain/retry-delay.ts';
import type { CardProvider, SaveOutcome } from '../card-provider.ts';
import type { Ports, ProviderCall, UserId } from '../ports.ts';
import type { SettleCall } from '../settle-call.ts';
import { forgetCard } from './forget-card.ts';

/** Has the provider keep a card, once, or learns that it does not. */
export const settleSave: SettleCall = async ({ record, providers }, call) => {
  const outcome = await askToSave(providers(call.provider), call);
  // Of one user after the other: whichever comes first becomes the default.
  await record(call.subject, (ports) => keepAnswer(ports, call, outcome));
};

/** Asking again under the key keeps nothing twice; what gave no answer is looked up. */
const askToSave = async (provider: CardProvider, { id, token }: ProviderCall): Promise<SaveOutcome> => {
  const answer = await provider.saveMethod({ key: id, token: token ?? '' });
  if (answer.type !== 'UNKNOWN') return answer;
  const found = await provider.findMethod(id);
  return found.type === 'NONE' ? { type: 'UNKNOWN' } : found;
};

const keepAnswer = async (ports: Ports, call: ProviderCall, outcome: SaveOutcome): Promise<void> => {
  const { calls, paymentMethods } = ports;
  if (outcome.type === 'UNKNOWN') return calls.retryIn(call.id, retryDelay(call.attempts));
  await calls.remove(call.id);
  const userId: UserId = asId(call.subject);
  const { methods, at } = await paymentMethods.load(userId);
  const method = methods.find(({ id }) => id === call.id);
  if (method?.status === 'ACTIVE') return; // another worker was quicker
  if (outcome.type === 'DECLINED') {
    if (method) await paymentMethods.refuse(call.id, outcome.reason ?? 'CARD_DECLINED');
    return;
  }
  const { token, details } = outcome;
  const isLate = isExpired(details.expiry, at);
  if (!method || isLate) {
    if (method) await paymentMethods.refuse(call.id, 'EXPIRED');
    // Removed meanwhile, or of no use: nobody will ask with this token.
    return forgetCard(ports, userId, token);
  }
  await paymentMethods.activate(call.id, token, details);
  if (becomesDefault(methods, method.wantsDefault)) await paymentMethods.setDefault(userId, method.id);
};

/** Has the provider keep a card no longer; asks until it says that it is done. */
export const settleForget: SettleCall = async (
  { record, providers },
  { id, subject, token, attempts, provider },
) => {
  const outcome = token === null ? 'DONE' : await providers(provider).forgetMethod({ key: id, token });
  await record(subject, ({ calls }) =>
    outcome === 'DONE' ? calls.remove(id) : calls.retryIn(id, retryDelay(attempts)),
  );
};
