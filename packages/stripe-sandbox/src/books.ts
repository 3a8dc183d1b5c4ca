/** What a Stripe account does with its objects: moves money once, whatever happens to the answer. */
import { randomUUID } from 'node:crypto';
import { ApiError, invalid, missing } from './api-error.ts';
import { createBalance } from './balance.ts';
import { createCustomers } from './customers.ts';
import { type Form, fieldsOf, textOf } from './form.ts';
import type { PaymentIntent, Refund, StripeEvent, StripeObject, Transfer } from './objects.ts';

const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '')}`;

const wholeOf = (form: Form, name: string): number => {
  const amount = Number(textOf(form, name));
  if (!Number.isSafeInteger(amount) || amount < 1) throw invalid(`Invalid positive integer: ${name}`);
  return amount;
};

/** `told` hears every event as it happens; `pageUrl` is where buyers prove themselves. */
export const createBooks = (told: (event: StripeEvent) => void, pageUrl: (intentId: string) => string) => {
  const customers = createCustomers();
  const balance = createBalance();
  const intents = new Map<string, PaymentIntent>();
  const refunds = new Map<string, Refund>();
  const transfers = new Map<string, Transfer>();

  const tell = (type: string, object: StripeObject) =>
    told({
      id: newId('evt'),
      object: 'event',
      type,
      created: Math.floor(Date.now() / 1000),
      data: { object },
    });
  const intentOf = (id: string): PaymentIntent => {
    const intent = intents.get(id);
    if (!intent) throw missing(`payment_intent: '${id}'`);
    return intent;
  };
  const change = (id: string, to: Partial<PaymentIntent>, event: string | null): PaymentIntent => {
    const intent = { ...intentOf(id), ...to };
    intents.set(id, intent);
    if (event) tell(event, intent);
    return intent;
  };
  const inState = (id: string, ...states: PaymentIntent['status'][]): PaymentIntent => {
    const intent = intentOf(id);
    if (states.includes(intent.status)) return intent;
    const message = `This PaymentIntent has a status of ${intent.status}`;
    throw new ApiError(400, 'invalid_request_error', 'payment_intent_unexpected_state', message);
  };
  const authorise = (id: string): PaymentIntent => {
    const { amount } = intentOf(id);
    const to = { status: 'requires_capture', amount_capturable: amount, next_action: null } as const;
    return change(id, to, 'payment_intent.amount_capturable_updated');
  };
  const decline = (id: string, code = 'card_declined'): PaymentIntent => {
    const last_payment_error = { code, type: 'card_error' } as const;
    const to = { status: 'requires_payment_method', last_payment_error, next_action: null } as const;
    return change(id, to, 'payment_intent.payment_failed');
  };

  return {
    customers,
    balance,
    intentOf,
    create: (form: Form): PaymentIntent => {
      const id = newId('pi');
      const intent: PaymentIntent = {
        ...{ id, object: 'payment_intent', amount: wholeOf(form, 'amount'), amount_capturable: 0 },
        ...{ amount_received: 0, currency: (textOf(form, 'currency') ?? '').toLowerCase() },
        capture_method: textOf(form, 'capture_method') ?? 'automatic',
        ...{ client_secret: `${id}_secret_${randomUUID()}`, metadata: fieldsOf(form, 'metadata') },
        ...{ customer: textOf(form, 'customer'), payment_method: null, status: 'requires_payment_method' },
        ...{ last_payment_error: null, next_action: null },
      };
      intents.set(id, intent);
      tell('payment_intent.created', intent);
      return intent;
    },
    confirm: (id: string, form: Form): PaymentIntent => {
      const { customer } = inState(id, 'requires_payment_method', 'requires_confirmation');
      const token = textOf(form, 'payment_method') ?? '';
      const card = customers.behaviourOf(token, customer);
      change(id, { payment_method: token, last_payment_error: null }, null);
      if (card === 'PAYS') return authorise(id);
      if (card === 'DECLINES') {
        const payment_intent = decline(id);
        const more = { decline_code: 'generic_decline', payment_intent };
        throw new ApiError(402, 'card_error', 'card_declined', 'Your card was declined.', more);
      }
      if (textOf(form, 'off_session') === 'true') {
        const payment_intent = decline(id, 'authentication_required');
        const message = 'Your card was declined. This transaction requires authentication.';
        throw new ApiError(402, 'card_error', 'authentication_required', message, { payment_intent });
      }
      const url = pageUrl(id);
      const returnUrl = textOf(form, 'return_url');
      const next_action = returnUrl
        ? { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } }
        : { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } };
      return change(id, { status: 'requires_action', next_action }, 'payment_intent.requires_action');
    },
    /** The buyer has proven themselves to their bank, or has not. */
    authenticate: (id: string, proven: boolean): PaymentIntent => {
      inState(id, 'requires_action');
      return proven ? authorise(id) : decline(id);
    },
    capture: (id: string): PaymentIntent => {
      const { amount, currency, metadata } = inState(id, 'requires_capture');
      const charge = { id: newId('ch'), object: 'charge', amount, currency, metadata } as const;
      balance.move('charge', amount, { ...charge, payment_intent: id });
      const to = { status: 'succeeded', amount_capturable: 0, amount_received: amount } as const;
      return change(id, to, 'payment_intent.succeeded');
    },
    cancel: (id: string): PaymentIntent => {
      inState(
        id,
        'requires_payment_method',
        'requires_confirmation',
        'requires_action',
        'requires_capture',
      );
      return change(
        id,
        { status: 'canceled', amount_capturable: 0, next_action: null },
        'payment_intent.canceled',
      );
    },
    search: (key: string, value: string): PaymentIntent[] =>
      [...intents.values()].filter(({ metadata }) => metadata[key] === value),
    refund: (form: Form): Refund => {
      const intent = inState(textOf(form, 'payment_intent') ?? '', 'succeeded');
      const amount = wholeOf(form, 'amount');
      const before = [...refunds.values()].filter(({ payment_intent }) => payment_intent === intent.id);
      const left = intent.amount_received - before.reduce((sum, each) => sum + each.amount, 0);
      if (amount > left)
        throw invalid(`Refund amount is greater than unrefunded amount`, 'charge_already_refunded');
      const refund: Refund = {
        ...{ id: newId('re'), object: 'refund', amount, currency: intent.currency },
        ...{ payment_intent: intent.id, metadata: fieldsOf(form, 'metadata'), status: 'succeeded' },
      };
      refunds.set(refund.id, refund);
      balance.move('refund', -amount, refund);
      tell('refund.created', refund);
      return refund;
    },
    refundsOf: (intentId: string): Refund[] =>
      [...refunds.values()].filter(({ payment_intent }) => payment_intent === intentId),
    transfer: (form: Form): Transfer => {
      const destination = textOf(form, 'destination') ?? '';
      if (!destination.startsWith('acct_')) throw missing(`destination: '${destination}'`);
      const transfer: Transfer = {
        ...{ id: newId('tr'), object: 'transfer', amount: wholeOf(form, 'amount') },
        ...{ currency: textOf(form, 'currency') ?? '', destination },
        ...{ transfer_group: textOf(form, 'transfer_group'), metadata: fieldsOf(form, 'metadata') },
      };
      transfers.set(transfer.id, transfer);
      balance.move('transfer', -transfer.amount, transfer);
      tell('transfer.created', transfer);
      return transfer;
    },
    transfersOf: (group: string): Transfer[] =>
      [...transfers.values()].filter(({ transfer_group }) => transfer_group === group),
    all: () => ({
      intents: [...intents.values()],
      refunds: [...refunds.values()],
      transfers: [...transfers.values()],
    }),
  };
};

export type Books = ReturnType<typeof createBooks>;
