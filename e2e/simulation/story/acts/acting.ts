/** What actors have to act with: the shop, a way to ask it, and what they were told before. */
import type { Shop } from '../../shop/world.ts';
import type { Ask } from '../clients.ts';
import type { Operation } from '../story.ts';
import type { Told } from '../told.ts';

export type Acting = { readonly shop: Shop; readonly ask: Ask; readonly told: Told };

export type Of<Type extends Operation['type']> = Operation & { readonly type: Type };

/** Does what an operation says. Answers null when there was nothing to do it to. */
export type Acts<Types extends Operation['type']> = {
  readonly [Type in Types]: (operation: Of<Type>) => Promise<unknown>;
};

export const nothing: Promise<null> = Promise.resolve(null);

/** What a client sees of the order that a purchase became, if it was told of one. */
export const orderOf = ({ shop, told }: Acting, of: string) => {
  const id = told.orders.get(of);
  return id === undefined ? undefined : shop.orders.tables.orders.committed.get(id);
};

export const shipmentOf = (acting: Acting, of: string, status: string) =>
  orderOf(acting, of)?.order.shipments.find((shipment) => shipment.status === status);

export const buyerOf = (acting: Acting, of: string) => ({
  id: (orderOf(acting, of)?.buyerId ?? '') as never,
  isAdmin: false,
});
