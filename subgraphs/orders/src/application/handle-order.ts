import type { Instant } from '@emporium/domain';
import { decide } from '../domain/decide.ts';
import { isGuest } from '../domain/guest.ts';
import { putBack } from '../domain/join-carts.ts';
import { initial, type Order } from '../domain/order.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { OrderDecision } from '../domain/order-decision.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { OrderId, Ports } from './ports.ts';

/** How many orders are moved on in one transaction, when so many are to be. */
export const mostAtOnce = 32;

type Untimed<Command> = Command extends OrderCommand ? Omit<Command, 'at'> : never;

/** A command without its time: the database's clock gives it. */
export type OrderRequest = Untimed<OrderCommand>;

/** An order whose id was made a moment ago: there is nothing to load. */
const unplaced = { order: initial, version: 0 };

/** Load, decide, append: the whole shell around the pure core, inside the caller's transaction. */
export const handleOrder = async (
  ports: Ports,
  id: OrderId,
  request: OrderRequest,
): Promise<OrderDecision> => {
  const before = request.type === 'Place' ? unplaced : await ports.orders.load(id);
  const at: Instant = await ports.now();
  const decision = decide({ ...request, at }, before.order);
  if (!decision.ok || decision.events.length === 0) return decision;
  await ports.orders.append(id, before, decision.events);
  if (decision.events.some(({ type }) => type === 'Failed')) await returnToCart(ports, id, before.order);
  if (decision.events.some((event) => endsUnpaid(event, before.order))) await ports.coupons.giveBack(id);
  return decision;
};

/** What its coupon was used for came to nothing. An order that was paid for has used it, whatever comes later. */
const endsUnpaid = ({ type }: OrderEvent, { phase }: Order): boolean =>
  type === 'Failed' || (type === 'Cancelled' && (phase === 'PENDING' || phase === 'RESERVED'));

/** A purchase that came to nothing leaves the buyer where they were. */
const returnToCart = async (ports: Ports, id: OrderId, order: Order): Promise<void> => {
  if (order.phase === 'ABSENT') return;
  const { buyerId } = order;
  const cart = isGuest(buyerId) ? await ports.carts.ofGuestOrder(id) : await ports.carts.open(buyerId);
  if (!cart) return;
  await ports.carts.change(cart, 'RETURNED', putBack(cart.lines, await ports.orders.linesOf(id)));
};
