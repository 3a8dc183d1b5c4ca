import { readPage, toConnection } from '@emporium/subgraph';
import type { OrderQuery } from '../../application/order-lists.ts';
import type { Context } from '../context.ts';
import { showOrder } from '../show.ts';
import { listById } from './list-identity.ts';

export type PageArguments = {
  readonly first: number;
  readonly after: string | null | undefined;
};

/** A page of orders, each as the viewer may see it by its id. The last id of a page is where the next begins. */
export const listOrders = async (
  list: 'User.orders' | 'Seller.orders' | 'orders',
  query: OrderQuery,
  { first, after }: PageArguments,
  { app, loaders }: Context,
) => {
  const page = readPage(first, after, 1, listById(`${list} ${query.sort}`));
  const ids = await app.lists.find(query, { limit: page.limit + 1, after: page.after?.[0] ?? null });
  const orders = await Promise.all(ids.map((id) => loaders.order.load(id)));
  return toConnection(
    orders.filter((order) => order !== null),
    page,
    ({ id }) => [id],
    showOrder,
  );
};
