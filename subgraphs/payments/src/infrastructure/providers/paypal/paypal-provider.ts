import type { Logger } from 'pino';
import type {
  CancelOutcome,
  Capture,
  CaptureOutcome,
  CardProvider,
  FoundCapture,
} from '../../../application/card-provider.ts';
import { createPayPalApi } from './paypal-api.ts';
import { createPayPalClient } from './paypal-client.ts';
import { isSame } from './paypal-money.ts';
import { approvalUrlOf, type PayPalOrder, stateOf } from './read-order.ts';

export type PayPalOptions = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the API answers. */
  readonly url: string;
  /** Where PayPal sends the buyer back to, whether they agreed or not. */
  readonly returnUrl?: string | undefined;
  readonly logger: Logger;
  readonly timeoutMs?: number;
};

export type PayPalProvider = CardProvider & { close(): Promise<void> };

const unknown = { type: 'UNKNOWN' } as const;
const refused = { type: 'DECLINED', reason: 'PROVIDER_ERROR' } as const;
const declined = { type: 'DECLINED', reason: 'CARD_DECLINED' } as const;
const cancelled = { type: 'CANCELLED' } as const;

/**
 * PayPal. An order is made first, which moves nothing. Its buyer must agree to it on PayPal's page, whose address they have from us alone:
 * so that whatever may hold money was told of before, and is found by its id. Then the money is held, and taken.
 */
export const createPayPalProvider = (options: PayPalOptions): PayPalProvider => {
  const { url, logger, returnUrl, clientId, clientSecret, timeoutMs = 8000 } = options;
  const client = createPayPalClient({ url, clientId, clientSecret, logger, timeoutMs });
  const api = createPayPalApi(client, returnUrl);

  const lied = (told: object): typeof unknown => {
    logger.error({ told }, 'PayPal tells of another amount: a person must look');
    return unknown;
  };
  /** Whatever is no clear yes is looked up, a refusal included: the money is still held. */
  const take = async (authorizationId: string, capture: Capture): Promise<CaptureOutcome> => {
    const got = await api.take(authorizationId, capture);
    if (!('value' in got)) return unknown;
    const { id, status, amount } = got.value;
    if (!isSame(amount, capture.amount)) return lied(got.value);
    return status === 'COMPLETED' ? { type: 'CAPTURED', captureId: id } : unknown;
  };
  const holdAndTake = async ({ id }: PayPalOrder, capture: Capture): Promise<CaptureOutcome> => {
    const held = await api.authorise(id, capture.key);
    if ('value' in held)
      return stateOf(held.value, capture).type === 'APPROVED' ? unknown : goOn(held.value, capture);
    if (held.failure === 'DECLINED') return declined;
    return held.failure === 'REFUSED' ? refused : unknown;
  };
  const ask = (order: PayPalOrder): CaptureOutcome => {
    const address = approvalUrlOf(order);
    if (address === null) return unknown;
    const action = { url: address, clientSecret: null, providerOrderId: order.id };
    return { type: 'ACTION_REQUIRED', action };
  };
  /** From wherever it is to its end, or to what only the buyer can do. */
  const goOn = async (order: PayPalOrder, capture: Capture): Promise<CaptureOutcome> => {
    const state = stateOf(order, capture);
    switch (state.type) {
      case 'AWAITS_BUYER':
        return ask(order);
      case 'APPROVED':
        return holdAndTake(order, capture);
      case 'AUTHORISED':
        return take(state.authorizationId, capture);
      case 'CAPTURED':
        return state;
      case 'FAILED': {
        const ended = await letGo(order, capture);
        return ended.type === 'CANCELLED' ? declined : ended;
      }
      case 'CANCELLED':
        return declined;
      case 'LIE':
        return lied(order);
      case 'PROCESSING':
        return unknown;
    }
  };
  /** Holding it may be on its way already: under the same key it is held once, and then let go. */
  const holdAndLetGo = async ({ id }: PayPalOrder, capture: Capture): Promise<CancelOutcome> => {
    const held = await api.authorise(id, capture.key);
    if ('value' in held)
      return stateOf(held.value, capture).type === 'APPROVED' ? unknown : letGo(held.value, capture);
    return held.failure === 'DECLINED' || held.failure === 'REFUSED' ? cancelled : unknown;
  };
  const voidIt = async (
    { id }: PayPalOrder,
    authorizationId: string,
    capture: Capture,
  ): Promise<CancelOutcome> => {
    await api.voidIt(authorizationId, capture.key);
    const now = await api.orderAt(id);
    if (!('value' in now)) return unknown;
    const state = stateOf(now.value, capture);
    if (state.type === 'CAPTURED') return state;
    const isFree = state.type === 'FAILED' && state.authorizationId === null;
    return isFree || state.type === 'CANCELLED' ? cancelled : unknown;
  };
  /** Makes sure that nothing is held, nor can be taken any more, or says what was taken. */
  const letGo = async (order: PayPalOrder, capture: Capture): Promise<CancelOutcome> => {
    const state = stateOf(order, capture);
    switch (state.type) {
      case 'AWAITS_BUYER':
      case 'CANCELLED':
        return cancelled;
      case 'APPROVED':
        return holdAndLetGo(order, capture);
      case 'AUTHORISED':
      case 'FAILED':
        return state.authorizationId === null ? cancelled : voidIt(order, state.authorizationId, capture);
      case 'CAPTURED':
        return state;
      case 'LIE':
        return lied(order);
      case 'PROCESSING':
        return unknown;
    }
  };

  return {
    capture: async (capture) => {
      const { providerOrderId } = capture;
      const got = providerOrderId ? await api.orderAt(providerOrderId) : await api.create(capture);
      if ('value' in got) return goOn(got.value, capture);
      switch (got.failure) {
        case 'UNREACHED':
          return { type: 'UNREACHED' };
        case 'REFUSED':
        case 'DECLINED':
          return refused;
        case 'GONE':
          return providerOrderId ? declined : unknown;
        default:
          return unknown;
      }
    },
    findCapture: async (capture): Promise<FoundCapture> => {
      // Nobody was told where to agree to it, so nobody did.
      if (!capture.providerOrderId) return { type: 'NONE' };
      const got = await api.orderAt(capture.providerOrderId);
      if (!('value' in got)) return got.failure === 'GONE' ? declined : unknown;
      const state = stateOf(got.value, capture);
      if (state.type === 'APPROVED' || state.type === 'AUTHORISED') return { type: 'AUTHORISED' };
      // What is left of these reads or lets go, and takes nothing.
      const outcome = await goOn(got.value, capture);
      return outcome.type === 'UNREACHED' ? unknown : outcome;
    },
    cancel: async (capture) => {
      if (!capture.providerOrderId) return cancelled;
      const got = await api.orderAt(capture.providerOrderId);
      if ('value' in got) return letGo(got.value, capture);
      return got.failure === 'GONE' ? cancelled : unknown;
    },
    refund: async ({ key, captureId, amount }) => {
      const got = await api.refund(captureId, key, amount);
      if ('value' in got && got.value.status === 'COMPLETED' && isSame(got.value.amount, amount))
        return 'DONE';
      logger.warn({ key, captureId, got }, 'a refund is not done');
      return 'UNKNOWN';
    },
    // Who pays with PayPal agrees each time: nothing is kept.
    saveMethod: async () => ({ type: 'DECLINED' }),
    findMethod: async () => ({ type: 'NONE' }),
    forgetMethod: async () => 'DONE',
    // No route leads here: `paysOut` of the domain.
    payout: async ({ key }) => {
      logger.error({ key }, 'PayPal is asked for a payout, and makes none');
      return 'UNKNOWN';
    },
    close: () => client.close(),
  };
};
