/** Customers, the cards that are kept for them, and the setup intents by which they came to be kept. */
import { randomUUID } from 'node:crypto';
import { ApiError, invalid, missing } from './api-error.ts';
import { type CardBehaviour, cardOf } from './cards.ts';
import { type Form, fieldsOf, textOf } from './form.ts';
import type { Customer, PaymentMethod, SetupIntent } from './objects.ts';

const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '')}`;

export const createCustomers = () => {
  const customers = new Map<string, Customer>();
  const methods = new Map<string, PaymentMethod>();
  const behaviours = new Map<string, CardBehaviour>();
  const setups = new Map<string, SetupIntent>();

  const customerOf = (id: string): Customer => {
    const customer = customers.get(id);
    if (!customer) throw missing(`customer: '${id}'`);
    return customer;
  };
  const keep = (customer: string, behaviour: CardBehaviour): string => {
    const card = { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2099 };
    const method = { id: newId('pm'), object: 'payment_method', type: 'card', customer, card } as const;
    methods.set(method.id, method);
    behaviours.set(method.id, behaviour);
    return method.id;
  };
  const detach = (id: string): PaymentMethod => {
    const method = methods.get(id);
    if (!method) throw missing(`PaymentMethod: '${id}'`);
    if (method.customer === null) throw invalid('The payment method you provided is not attached');
    const detached = { ...method, customer: null };
    methods.set(id, detached);
    return detached;
  };
  /** With its card where that was asked for. */
  const shown = (setup: SetupIntent, isExpanded: boolean): object => ({
    ...setup,
    ...(isExpanded && setup.payment_method && { payment_method: methods.get(setup.payment_method) }),
  });

  return {
    create: (form: Form): Customer => {
      const customer = {
        id: newId('cus'),
        object: 'customer',
        metadata: fieldsOf(form, 'metadata'),
      } as const;
      customers.set(customer.id, customer);
      return customer;
    },
    search: (key: string, value: string): Customer[] =>
      [...customers.values()].filter(({ metadata }) => metadata[key] === value),
    /** Its cards are kept for nobody any more. */
    remove: (id: string): object => {
      customerOf(id);
      customers.delete(id);
      for (const method of methods.values()) if (method.customer === id) detach(method.id);
      return { id, object: 'customer', deleted: true };
    },
    /** Confirmed at once: the card is kept under an id of its own, or is not. */
    setUp: (form: Form): object => {
      const customer = customerOf(textOf(form, 'customer') ?? '').id;
      const token = textOf(form, 'payment_method') ?? '';
      const behaviour = cardOf(token);
      if (!behaviour) throw missing(`PaymentMethod: '${token}'`);
      const id = newId('seti');
      const keepSetup = (to: Pick<SetupIntent, 'status'> & Partial<SetupIntent>): SetupIntent => {
        const setup: SetupIntent = {
          ...{ id, object: 'setup_intent', customer, metadata: fieldsOf(form, 'metadata') },
          ...{ usage: textOf(form, 'usage') ?? 'on_session', last_setup_error: null, payment_method: null },
          ...to,
        };
        setups.set(id, setup);
        return setup;
      };
      if (behaviour === 'ASKS') return keepSetup({ status: 'requires_action' });
      if (behaviour === 'DECLINES') {
        const last_setup_error = { code: 'card_declined', type: 'card_error' } as const;
        const setup_intent = keepSetup({ status: 'requires_payment_method', last_setup_error });
        throw new ApiError(402, 'card_error', 'card_declined', 'Your card was declined.', { setup_intent });
      }
      const kept = keepSetup({ status: 'succeeded', payment_method: keep(customer, behaviour) });
      return shown(kept, Object.values(fieldsOf(form, 'expand')).includes('payment_method'));
    },
    cancelSetup: (id: string): SetupIntent => {
      const setup = setups.get(id);
      if (!setup) throw missing(`setup_intent: '${id}'`);
      const cancelled = { ...setup, status: 'canceled' } as const;
      setups.set(id, cancelled);
      return cancelled;
    },
    setupsOf: (customer: string, isExpanded: boolean): object[] =>
      [...setups.values()]
        .filter((setup) => setup.customer === customer)
        .map((setup) => shown(setup, isExpanded)),
    detach,
    /** What a card's bank says from now on. */
    changeCard: (id: string, behaviour: CardBehaviour): void => void behaviours.set(id, behaviour),
    /** Of a card that anybody may give, or of one that is kept for this customer. */
    behaviourOf: (token: string, customer: string | null): CardBehaviour => {
      const behaviour = cardOf(token) ?? behaviours.get(token);
      if (!behaviour) throw missing(`PaymentMethod: '${token}'`);
      const method = methods.get(token);
      if (method && (method.customer === null || method.customer !== customer))
        throw invalid('The PaymentMethod does not belong to this Customer');
      return behaviour;
    },
    all: () => ({
      customers: [...customers.values()],
      kept: [...methods.values()].filter(({ customer }) => customer !== null),
      setups: [...setups.values()],
    }),
  };
};
