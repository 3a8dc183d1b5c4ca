import type { PaymentMethod } from '../domain/order-event.ts';
import type { Card, NewId, OrderId, SealToken } from './ports.ts';

/** By card either the provider's token, which is never kept as it is, or a card that the buyer keeps with payments. */
export type Payment = {
  readonly method: PaymentMethod;
  readonly token: string | null;
  readonly paymentMethodId: string | null;
};

/** What an order has before it is placed: its id, and the card that is to pay it, as it may be kept. */
export type Draft = { readonly orderId: OrderId; readonly card: Card };

export type DraftOrder = (payment: Payment) => Promise<Draft>;

/** Of a card's token nothing is left but what payments alone can read, and for this order alone: before anything is written. */
export const draftOrder =
  (newId: NewId, sealToken: SealToken): DraftOrder =>
  async ({ token, paymentMethodId }) => {
    const orderId = newId<'Order'>();
    const sealedToken = token === null ? null : await sealToken(token, orderId);
    return { orderId, card: { sealedToken, paymentMethodId } };
  };
