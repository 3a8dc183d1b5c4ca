import { buyerId, currency, foreignCurrency } from '../../shop/ids.ts';
import { declinedToken } from '../../shop/payments/card-provider.ts';
import { methodsOf } from '../../shop/payments/payment-tables.ts';
import { type Acting, type Acts, buyerOf, nothing, type Of, orderOf, shipmentOf } from './acting.ts';

/** What buyers do about their purchases. */
export const actsOfBuyers = (
  acting: Acting,
): Acts<'CANCEL' | 'CANCEL_LINE' | 'CONFIRM_DELIVERY' | 'REQUEST_RETURN'> => {
  const { shop, ask } = acting;
  return {
    CANCEL: ({ id, of }) => {
      const order = orderOf(acting, of);
      const by = buyerOf(acting, of);
      return order ? ask(id, shop.orders, (app) => app.cancelOrder(by, order.id, null)) : nothing;
    },
    // Asked again for want of an answer it calls one more unit off.
    CANCEL_LINE: ({ id, of }) => {
      const order = orderOf(acting, of);
      const line = shipmentOf(acting, of, 'PENDING')?.lines[0];
      if (!order || !line) return nothing;
      const units = { variantId: line.variantId, quantity: 1 };
      return ask(id, shop.orders, (app) => app.cancelLine(buyerOf(acting, of), order.id, units, null));
    },
    CONFIRM_DELIVERY: ({ id, of }) => {
      const shipment = shipmentOf(acting, of, 'SHIPPED');
      const by = buyerOf(acting, of);
      return shipment ? ask(id, shop.orders, (app) => app.confirmDelivery(by, shipment.id)) : nothing;
    },
    REQUEST_RETURN: ({ id, of }) => {
      const shipment = shipmentOf(acting, of, 'DELIVERED');
      const line = shipment?.lines[0];
      if (!shipment || !line) return nothing;
      const lines = [{ variantId: line.variantId, quantity: 1 }];
      const request = { idempotencyKey: id, shipmentId: shipment.id, lines, comment: null };
      return ask(id, shop.orders, (app) =>
        app.requestReturn(buyerOf(acting, of), { ...request, reason: 'OTHER' }),
      );
    },
  };
};

/** What they do with their wallets, and about what they were not sent. */
export const actsWithMoney = (
  acting: Acting,
): Acts<'TOP_UP' | 'WITHDRAW' | 'OPEN_DISPUTE' | 'WITHDRAW_DISPUTE'> => {
  const { shop, ask } = acting;
  const wish = ({ id, buyer, minor, isForeign }: Of<'TOP_UP' | 'WITHDRAW'>) => ({
    ...{ userId: buyerId(buyer), idempotencyKey: id },
    amount: { minor: BigInt(minor), currency: isForeign ? foreignCurrency : currency },
  });
  return {
    TOP_UP: (operation) => {
      const token = operation.isDeclined ? declinedToken : 'card';
      return ask(operation.id, shop.payments, (app) => app.topUpWallet({ ...wish(operation), token }));
    },
    WITHDRAW: (operation) => ask(operation.id, shop.payments, (app) => app.withdraw(wish(operation))),
    OPEN_DISPUTE: ({ id, of }) => {
      const shipment = shipmentOf(acting, of, 'SHIPPED') ?? shipmentOf(acting, of, 'PENDING');
      if (!shipment) return nothing;
      const said = { reason: 'OTHER', note: null, idempotencyKey: id } as const;
      const dispute = { userId: buyerOf(acting, of).id, shipmentId: shipment.id, ...said };
      return ask(id, shop.payments, (app) => app.openDispute(dispute));
    },
    WITHDRAW_DISPUTE: ({ id, of }) => {
      const dispute = openDisputeOf(acting, of);
      if (!dispute) return nothing;
      const withdrawn = { userId: dispute.buyerId, disputeId: dispute.id };
      return ask(id, shop.payments, (app) => app.withdrawDispute(withdrawn));
    },
  };
};

/** What they do with the cards that they keep. */
export const actsWithCards = ({ shop, ask }: Acting): Acts<'SAVE_CARD' | 'REMOVE_CARD' | 'CHOOSE_CARD'> => {
  const oldestOf = (buyer: number) => {
    const [method] = methodsOf(shop.payments.tables, buyerId(buyer));
    return method && { userId: method.userId, paymentMethodId: method.id };
  };
  return {
    SAVE_CARD: ({ id, buyer, isDeclined, isDefault }) => {
      const wish = { label: null, makeDefault: isDefault, idempotencyKey: id };
      const token = isDeclined ? declinedToken : 'card';
      return ask(id, shop.payments, (app) =>
        app.addPaymentMethod({ ...wish, userId: buyerId(buyer), token }),
      );
    },
    REMOVE_CARD: ({ id, buyer }) => {
      const choice = oldestOf(buyer);
      return choice ? ask(id, shop.payments, (app) => app.removePaymentMethod(choice)) : nothing;
    },
    CHOOSE_CARD: ({ id, buyer }) => {
      const choice = oldestOf(buyer);
      return choice ? ask(id, shop.payments, (app) => app.setDefaultPaymentMethod(choice)) : nothing;
    },
  };
};

export const openDisputeOf = ({ shop, told }: Acting, of: string) => {
  const id = told.orders.get(of);
  const disputes = [...shop.payments.tables.disputes.committed.values()];
  return disputes.find(({ orderId, status }) => orderId === id && status === 'OPEN');
};
