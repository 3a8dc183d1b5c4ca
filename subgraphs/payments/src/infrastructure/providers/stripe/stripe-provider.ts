import type { Logger } from 'pino';
import type Stripe from 'stripe';
import type {
  CancelOutcome,
  Capture,
  CaptureOutcome,
  CardProvider,
} from '../../../application/card-provider.ts';
import { cardOf } from './kept-token.ts';
import { openStripe, type StripeAccess } from './open-stripe.ts';
import { actionOf, stateOf } from './read-intent.ts';
import { failureOf } from './stripe-failure.ts';
import { createStripeMethods } from './stripe-methods.ts';
import { isSame, toStripe } from './stripe-money.ts';

export type StripeOptions = StripeAccess & {
  /** Where a bank sends the buyer back to; without it Stripe's script must ask them. */
  readonly returnUrl?: string | undefined;
  readonly logger: Logger;
};

type Intent = Stripe.PaymentIntent;

/** Whether the card's owner can be asked to prove themselves. */
type Owner = 'THERE' | 'AWAY';

const unknown = { type: 'UNKNOWN' } as const;
const refused = { type: 'DECLINED', reason: 'PROVIDER_ERROR' } as const;
const declined = { type: 'DECLINED', reason: 'CARD_DECLINED' } as const;

/**
 * Stripe. A payment intent is made first, which moves nothing and can be made again: so it is always found, by our key. Then it
 * is confirmed, which holds the card's money, and captured. Only a clear answer about the right amount decides anything.
 */
export const createStripeProvider = (options: StripeOptions): CardProvider => {
  const { logger, returnUrl } = options;
  const stripe = openStripe(options);
  const noted = (error: unknown, what: string): void =>
    logger.warn({ err: error, what }, 'Stripe gave no answer that can be used');

  const create = ({ key, amount, reference, token }: Capture) => {
    const { customer } = cardOf(token);
    return stripe.paymentIntents.create(
      {
        ...toStripe(amount),
        ...(customer && { customer }),
        capture_method: 'manual',
        allowed_payment_method_types: ['card'],
        metadata: { paymentId: key, reference },
      },
      { idempotencyKey: key },
    );
  };
  /** The intent as it is now. A key is forgotten after a day; by then it is found by its metadata. */
  const locate = async (capture: Capture): Promise<Intent> => {
    const query = `metadata['paymentId']:'${capture.key}'`;
    const [found] = (await stripe.paymentIntents.search({ query, limit: 1 })).data;
    return stripe.paymentIntents.retrieve((found ?? (await create(capture))).id);
  };
  /** Its card said no: nobody shall try another one on it behind our back. */
  const giveUp = async (
    intent: Intent,
    capture: Capture,
    outcome: Extract<CaptureOutcome, { type: 'DECLINED' }>,
  ): Promise<CaptureOutcome> => {
    const ended = await cancelIntent(intent, capture);
    return ended.type === 'CANCELLED' ? outcome : ended;
  };
  const cancelIntent = async (intent: Intent, capture: Capture): Promise<CancelOutcome> => {
    const state = stateOf(intent, capture);
    if (state === 'CANCELLED') return { type: 'CANCELLED' };
    if (state === 'CAPTURED') return { type: 'CAPTURED', captureId: intent.id };
    if (state === 'LIE') return lied(intent);
    const cancelled = await stripe.paymentIntents.cancel(intent.id);
    return stateOf(cancelled, capture) === 'CANCELLED' ? { type: 'CANCELLED' } : unknown;
  };
  const lied = ({ id, amount, amount_received, currency }: Intent): typeof unknown => {
    logger.error(
      { id, amount, amount_received, currency },
      'Stripe tells of another amount: a person must look',
    );
    return unknown;
  };
  /** Without its owner a kept card is charged first: it is not known whether they are still there. */
  const askCard = ({ id }: Intent, { key, token }: Capture, owner: Owner): Promise<Intent> => {
    const { method: payment_method, customer } = cardOf(token);
    if (owner === 'AWAY')
      return stripe.paymentIntents.confirm(
        id,
        { payment_method, off_session: true },
        { idempotencyKey: `${key}:confirm` },
      );
    return stripe.paymentIntents.confirm(
      id,
      { payment_method, ...(returnUrl && { return_url: returnUrl }) },
      { idempotencyKey: customer ? `${key}:ask` : `${key}:confirm` },
    );
  };
  const confirm = async (intent: Intent, capture: Capture, owner: Owner): Promise<CaptureOutcome> => {
    try {
      const confirmed = await askCard(intent, capture, owner);
      return stateOf(confirmed, capture) === 'OPEN' ? unknown : await goOn(confirmed, capture);
    } catch (error) {
      switch (failureOf(error)) {
        case 'WANTS_OWNER':
          return owner === 'AWAY' ? confirm(intent, capture, 'THERE') : giveUp(intent, capture, declined);
        case 'DECLINED':
          return giveUp(intent, capture, declined);
        case 'REFUSED':
          return giveUp(intent, capture, refused);
        default:
          throw error;
      }
    }
  };
  /** From wherever it is to its end, or to what only the buyer can do. */
  const goOn = async (intent: Intent, capture: Capture): Promise<CaptureOutcome> => {
    switch (stateOf(intent, capture)) {
      case 'OPEN':
        return confirm(intent, capture, cardOf(capture.token).customer ? 'AWAY' : 'THERE');
      case 'WANTS_OWNER':
        return confirm(intent, capture, 'THERE');
      case 'AWAITS_BUYER':
        return actionOf(intent);
      case 'AUTHORISED': {
        const options = { idempotencyKey: `${capture.key}:capture` };
        const captured = await stripe.paymentIntents.capture(intent.id, {}, options);
        const state = stateOf(captured, capture);
        if (state === 'CAPTURED') return { type: 'CAPTURED', captureId: captured.id };
        return state === 'LIE' ? lied(captured) : unknown;
      }
      case 'CAPTURED':
        return { type: 'CAPTURED', captureId: intent.id };
      case 'FAILED':
        return giveUp(intent, capture, declined);
      case 'CANCELLED':
        return declined;
      case 'LIE':
        return lied(intent);
      case 'PROCESSING':
        return unknown;
    }
  };
  /** Just found, and about to be asked for: it need not be looked for again. */
  const found = new Map<string, string>();
  const begin = async (capture: Capture): Promise<Intent> => {
    const id = found.get(capture.key);
    found.delete(capture.key);
    if (id) return stripe.paymentIntents.retrieve(id);
    const created = await create(capture);
    const isReplayed = created.lastResponse.headers['idempotent-replayed'] === 'true';
    return isReplayed ? stripe.paymentIntents.retrieve(created.id) : created;
  };

  return {
    capture: async (capture) => {
      let intent: Intent;
      try {
        intent = await begin(capture);
      } catch (error) {
        noted(error, 'a payment intent');
        const failure = failureOf(error);
        if (failure === 'REFUSED') return refused;
        return failure === 'UNREACHED' ? { type: 'UNREACHED' } : unknown;
      }
      try {
        return await goOn(intent, capture);
      } catch (error) {
        noted(error, 'a capture');
        return unknown;
      }
    },
    findCapture: async (capture) => {
      try {
        const intent = await locate(capture);
        const state = stateOf(intent, capture);
        if (state !== 'OPEN' && state !== 'WANTS_OWNER' && state !== 'AUTHORISED') {
          // What is left of these reads or cancels, and takes nothing.
          const outcome = await goOn(intent, capture);
          return outcome.type === 'UNREACHED' ? unknown : outcome;
        }
        found.set(capture.key, intent.id);
        return { type: state === 'AUTHORISED' ? 'AUTHORISED' : 'NONE' };
      } catch (error) {
        noted(error, 'a look-up');
        return unknown;
      }
    },
    cancel: async (capture) => {
      found.delete(capture.key);
      try {
        return await cancelIntent(await locate(capture), capture);
      } catch (error) {
        noted(error, 'a cancellation');
        return unknown;
      }
    },
    refund: async ({ key, captureId, amount }) => {
      try {
        const list = await stripe.refunds.list({ payment_intent: captureId, limit: 100 });
        const earlier = list.data.find(({ metadata }) => metadata?.refundId === key);
        const refund =
          earlier ??
          (await stripe.refunds.create(
            {
              ...{ payment_intent: captureId, amount: toStripe(amount).amount },
              metadata: { refundId: key },
            },
            { idempotencyKey: key },
          ));
        if (refund.status === 'succeeded' && isSame(refund, amount)) return 'DONE';
        logger.warn(
          { id: refund.id, status: refund.status, amount: refund.amount },
          'a refund is not done',
        );
        return 'UNKNOWN';
      } catch (error) {
        noted(error, 'a refund');
        return 'UNKNOWN';
      }
    },
    ...createStripeMethods(stripe, noted),
    payout: async ({ key, amount, reference, destination }) => {
      if (destination === null) {
        logger.error({ key }, 'a payout without an account that it could go to');
        return 'UNKNOWN';
      }
      try {
        const [earlier] = (await stripe.transfers.list({ transfer_group: key, limit: 1 })).data;
        const transfer =
          earlier ??
          (await stripe.transfers.create(
            { ...toStripe(amount), destination, transfer_group: key, metadata: { reference } },
            { idempotencyKey: key },
          ));
        return isSame(transfer, amount) ? 'DONE' : 'UNKNOWN';
      } catch (error) {
        noted(error, 'a payout');
        return 'UNKNOWN';
      }
    },
  };
};
