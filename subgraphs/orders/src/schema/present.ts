import type { OrderId } from '../application/ports.ts';
import type { Context } from './context.ts';
import type { OrderHolder } from './order-holder.ts';
import { showOrder, showShipment } from './show.ts';

/** The order after a change of ours, read anew. */
export const present = async (
  id: OrderId,
  { loaders, byToken = false }: Pick<OrderHolder, 'loaders'> & { readonly byToken?: boolean },
  orderToken: string | null = null,
) => {
  loaders.forget();
  const order = await loaders.order.load(id);
  if (!order) throw new Error(`order ${id} was changed but cannot be read`);
  return showOrder(order, { byToken, orderToken });
};

/** The same of one of its shipments. */
export const presentShipment = async (
  orderId: OrderId,
  shipmentId: string,
  { loaders }: Pick<Context, 'loaders'>,
  shownBy?: Pick<OrderHolder, 'byToken'>,
) => {
  loaders.forget();
  const shipments = await loaders.shipments.load(orderId);
  const shipment = shipments.find(({ id }) => id === shipmentId);
  if (!shipment) throw new Error(`shipment ${shipmentId} was changed but cannot be read`);
  return showShipment(shipment, shownBy);
};
