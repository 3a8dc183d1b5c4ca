/** What a PayPal account does with its orders: holds and moves money once, whatever happens to the answer. */
import { randomUUID } from 'node:crypto';
import { invalid, missing, unprocessable } from './api-error.ts';
import type {
  Amount,
  Authorization,
  Capture,
  Order,
  PayPalEvent,
  PurchaseUnit,
  Refund,
  Resource,
} from './objects.ts';

/** What becomes of a buyer's approval when the money is to be held. */
export type Payer = 'PAYS' | 'CANNOT_PAY';

export type OrderRequest = {
  readonly intent?: unknown;
  readonly purchase_units?: readonly {
    readonly reference_id?: string;
    readonly custom_id?: string;
    readonly amount?: Partial<Amount>;
  }[];
};

export type RefundRequest = { readonly amount?: Partial<Amount>; readonly custom_id?: string };

const newId = () => randomUUID().replaceAll('-', '').slice(0, 17).toUpperCase();

/** Hundredths; nobody is asked for anything smaller here. */
const hundredths = ({ value }: Amount): number => Math.round(Number(value) * 100);

const amountOf = (told: Partial<Amount> | undefined): Amount => {
  const { value = '', currency_code = '' } = told ?? {};
  if (!/^\d+(\.\d{2})?$/.test(value) || Number(value) <= 0) throw invalid('CANNOT_BE_ZERO_OR_NEGATIVE');
  if (!/^[A-Z]{3}$/.test(currency_code)) throw invalid('INVALID_CURRENCY_CODE');
  return { value, currency_code };
};

/** `told` hears every event as it happens; `pageUrl` is where buyers approve. */
export const createBooks = (told: (event: PayPalEvent) => void, pageUrl: (orderId: string) => string) => {
  const orders = new Map<string, Order>();
  const payers = new Map<string, Payer>();

  const tell = (event_type: string, resource: Resource): void =>
    told({ id: `WH-${newId()}`, event_type, create_time: new Date().toISOString(), resource });
  const orderOf = (id: string): Order => {
    const order = orders.get(id);
    if (!order) throw missing();
    return order;
  };
  const paymentsOf = ({ purchase_units: [unit] }: Order) =>
    unit.payments ?? { authorizations: [], captures: [], refunds: [] };
  const change = (
    order: Order,
    status: Order['status'],
    payments: Partial<NonNullable<PurchaseUnit['payments']>> = {},
  ): Order => {
    const [unit] = order.purchase_units;
    const changed: Order = {
      ...order,
      status,
      purchase_units: [{ ...unit, payments: { ...paymentsOf(order), ...payments } }],
    };
    orders.set(order.id, changed);
    return changed;
  };
  /** The order that an authorisation or a capture belongs to. */
  const holderOf = <Kind extends 'authorizations' | 'captures'>(kind: Kind, id: string) => {
    for (const order of orders.values()) {
      const found = paymentsOf(order)[kind].find((each) => each.id === id);
      if (found) return { order, found: found as NonNullable<PurchaseUnit['payments']>[Kind][number] };
    }
    throw missing();
  };

  return {
    orderOf,
    create: ({ intent, purchase_units: [unit] = [] }: OrderRequest): Order => {
      if (intent !== 'AUTHORIZE') throw invalid('UNSUPPORTED_INTENT');
      const id = newId();
      const order: Order = {
        ...{ id, intent, status: 'PAYER_ACTION_REQUIRED' },
        purchase_units: [
          {
            ...{ reference_id: unit?.reference_id ?? 'default', custom_id: unit?.custom_id ?? '' },
            amount: amountOf(unit?.amount),
          },
        ],
        links: [{ rel: 'payer-action', href: pageUrl(id), method: 'GET' }],
      };
      orders.set(id, order);
      return order;
    },
    /** The buyer agrees, on PayPal's page. */
    approve: (id: string, payer: Payer = 'PAYS'): Order => {
      const order = orderOf(id);
      if (order.status !== 'PAYER_ACTION_REQUIRED') throw unprocessable('ORDER_ALREADY_APPROVED');
      payers.set(id, payer);
      const approved = change(order, 'APPROVED');
      tell('CHECKOUT.ORDER.APPROVED', approved);
      return approved;
    },
    authorise: (id: string): Order => {
      const order = orderOf(id);
      if (order.status === 'PAYER_ACTION_REQUIRED') throw unprocessable('ORDER_NOT_APPROVED');
      if (order.status === 'COMPLETED') throw unprocessable('ORDER_ALREADY_AUTHORIZED');
      if (payers.get(id) === 'CANNOT_PAY') throw unprocessable('INSTRUMENT_DECLINED');
      const [{ amount, custom_id }] = order.purchase_units;
      const authorization: Authorization = { id: newId(), status: 'CREATED', amount, custom_id };
      tell('PAYMENT.AUTHORIZATION.CREATED', authorization);
      return change(order, 'COMPLETED', { authorizations: [authorization] });
    },
    capture: (authorizationId: string): Capture => {
      const { order, found } = holderOf('authorizations', authorizationId);
      if (found.status === 'VOIDED') throw unprocessable('AUTHORIZATION_VOIDED');
      if (found.status !== 'CREATED') throw unprocessable('AUTHORIZATION_ALREADY_CAPTURED');
      const { amount, custom_id } = found;
      const supplementary_data = { related_ids: { order_id: order.id } };
      const capture: Capture = { id: newId(), status: 'COMPLETED', amount, custom_id, supplementary_data };
      change(order, 'COMPLETED', {
        authorizations: [{ ...found, status: 'CAPTURED' }],
        captures: [capture],
      });
      tell('PAYMENT.CAPTURE.COMPLETED', capture);
      return capture;
    },
    voidOf: (authorizationId: string): Authorization => {
      const { order, found } = holderOf('authorizations', authorizationId);
      if (found.status === 'CAPTURED') throw unprocessable('PREVIOUSLY_CAPTURED');
      if (found.status === 'VOIDED') throw unprocessable('PREVIOUSLY_VOIDED');
      const voided: Authorization = { ...found, status: 'VOIDED' };
      change(order, 'COMPLETED', { authorizations: [voided] });
      tell('PAYMENT.AUTHORIZATION.VOIDED', voided);
      return voided;
    },
    refund: (captureId: string, { amount: asked, custom_id = '' }: RefundRequest): Refund => {
      const { order, found } = holderOf('captures', captureId);
      const amount = amountOf(asked ?? found.amount);
      const { refunds } = paymentsOf(order);
      const given = refunds.reduce((sum, each) => sum + hundredths(each.amount), 0) + hundredths(amount);
      if (given > hundredths(found.amount)) throw unprocessable('REFUND_AMOUNT_EXCEEDED');
      const refund: Refund = { id: newId(), status: 'COMPLETED', amount, custom_id };
      const status = given === hundredths(found.amount) ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
      change(order, 'COMPLETED', { captures: [{ ...found, status }], refunds: [...refunds, refund] });
      tell('PAYMENT.CAPTURE.REFUNDED', refund);
      return refund;
    },
    /** As three hours later: what its buyer has not approved is gone. */
    expire: (id: string): void => {
      if (orderOf(id).status === 'PAYER_ACTION_REQUIRED') orders.delete(id);
    },
    /** Orders by the `custom_id` that they were made with. */
    ordersOf: (customId: string): Order[] =>
      [...orders.values()].filter(({ purchase_units: [unit] }) => unit.custom_id === customId),
    paymentsOf,
  };
};

export type Books = ReturnType<typeof createBooks>;
