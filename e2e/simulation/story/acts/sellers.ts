import { currency, currencyOf, foreignCurrency, sellerId, sellerOf, variantId } from '../../shop/ids.ts';
import { type Acting, type Acts, nothing, orderOf, shipmentOf } from './acting.ts';

/** What sellers do about what was ordered of them, and with what they sell. */
export const actsOfSellers = (
  acting: Acting,
): Acts<'SHIP' | 'CANCEL_SHIPMENT' | 'RECEIVE_RETURN' | 'ADJUST' | 'REPRICE' | 'PAY_OUT'> => {
  const { shop, ask } = acting;
  const pending = (of: string) => {
    const shipment = shipmentOf(acting, of, 'PENDING');
    return shipment && { shipmentId: shipment.id, seller: { id: shipment.sellerId, isAdmin: false } };
  };
  return {
    SHIP: ({ id, of }) => {
      const found = pending(of);
      if (!found) return nothing;
      const parcel = { shipmentId: found.shipmentId, carrier: 'Post', trackingNumber: id };
      return ask(id, shop.orders, (app) => app.shipShipment(found.seller, parcel));
    },
    CANCEL_SHIPMENT: ({ id, of }) => {
      const found = pending(of);
      if (!found) return nothing;
      return ask(id, shop.orders, (app) => app.cancelShipment(found.seller, found.shipmentId, null));
    },
    RECEIVE_RETURN: async ({ id, of }) => {
      const order = orderOf(acting, of)?.order;
      const asked = order?.returns.find(({ status }) => status === 'REQUESTED' || status === 'APPROVED');
      const sellerId = order?.shipments.find((shipment) => shipment.id === asked?.shipmentId)?.sellerId;
      if (!asked || !sellerId) return null;
      const by = { id: sellerId, isAdmin: false };
      const lines = asked.lines.map((units) => ({
        ...units,
        disposition: 'RESTOCK' as const,
        locationId: null,
      }));
      await ask(`${id} approves`, shop.orders, (app) => app.approveReturn(by, asked.id));
      const arrival = { lines, refund: null, reason: null };
      return ask(`${id} receives`, shop.orders, (app) => app.receiveReturn(by, asked.id, arrival));
    },
    ADJUST: ({ id, variant, delta }) => {
      const what = { variantId: variantId(variant), locationId: null, delta, idempotencyKey: id };
      const adjustment = { ...what, kind: 'ADJUSTMENT', reason: 'count' } as const;
      const seller = { id: sellerOf(variant), isSeller: true, isAdmin: false };
      return ask(id, shop.inventory, (app) => app.adjustStock([adjustment], seller));
    },
    PAY_OUT: ({ id, seller, minor, isForeign }) => {
      const amount = { minor: BigInt(minor), currency: isForeign ? foreignCurrency : currency };
      const wish = { userId: sellerId(seller), amount, idempotencyKey: id };
      return ask(id, shop.payments, (app) => app.withdraw(wish));
    },
    REPRICE: ({ id, variant, minor }) => {
      const repricing = {
        variantId: variantId(variant),
        price: { minor: BigInt(minor), currency: currencyOf(variant) },
      };
      const seller = { id: sellerOf(variant), roles: ['SELLER'] };
      return ask(id, shop.products, (app) => app.updateVariantPrice(repricing, seller as never));
    },
  };
};
