/** Orders that came together, served one after the other: what one has taken is gone when the next one's turn comes. */
import { type AvailableAt, totalOf, without } from './allocation.ts';
import type { BackorderRoom } from './backorder.ts';
import type { LocationId, OrderId, UserId, VariantId } from './ids.ts';
import {
  type AllocatedLine,
  type AvailableStock,
  decide,
  evolve,
  initial,
  type Line,
  type Reservation,
  type ReservationEvent,
} from './reservation.ts';

export type PlacedOrder = {
  readonly orderId: OrderId;
  readonly buyerId: UserId;
  readonly lines: readonly Line[];
};

/** Units that somebody holds: they are available to nobody else. */
export type HeldUnits = {
  readonly holderId: UserId;
  readonly variantId: VariantId;
  readonly locationId: LocationId;
  readonly quantity: number;
};

/** What there is for these orders, of stock that is locked until all of them are served. */
export type Shelf = {
  readonly available: AvailableStock;
  readonly room: BackorderRoom;
  readonly held: readonly HeldUnits[];
};

type Served<Order extends PlacedOrder> = {
  readonly happened: readonly { readonly order: Order; readonly event: ReservationEvent }[];
  readonly reservations: ReadonlyMap<OrderId, Reservation>;
  /** What buyers had held and their orders took over. */
  readonly handedOver: readonly HeldUnits[];
  /** Whose turn has not come: the last one left more than it found, and that is first of all for whoever waits for it. */
  readonly rest: readonly Order[];
};

export const serve = <Order extends PlacedOrder>(
  orders: readonly Order[],
  reservations: ReadonlyMap<OrderId, Reservation>,
  shelf: Shelf,
): Served<Order> => {
  const happened: { order: Order; event: ReservationEvent }[] = [];
  const states = new Map(reservations);
  let left = shelf;
  let served = 0;
  for (const order of orders) {
    const found = left;
    const available = availableTo(order, found);
    const command = { type: 'Reserve', lines: order.lines, available, room: found.room } as const;
    const reservation = states.get(order.orderId) ?? initial;
    const decision = decide(command, reservation);
    for (const event of decision.ok ? decision.events : []) {
      happened.push({ order, event });
      states.set(order.orderId, evolve(reservation, event));
      if (event.type === 'Reserved') left = take(order, event.lines, { ...found, available });
    }
    served += 1;
    if (leavesMore(order, found, left)) break;
  }
  return {
    happened,
    reservations: states,
    handedOver: shelf.held.filter((units) => !left.held.includes(units)),
    rest: orders.slice(served),
  };
};

const wants = ({ lines }: PlacedOrder): ReadonlySet<VariantId> =>
  new Set(lines.map(({ variantId }) => variantId));

/** What its buyer holds is there for the order, where the location is open. */
const availableTo = (order: PlacedOrder, { available, held }: Shelf): AvailableStock => {
  const own = held.filter(({ holderId }) => holderId === order.buyerId);
  if (own.length === 0) return available;
  const wanted = wants(order);
  return new Map(
    [...available].map(([variantId, levels]): [VariantId, readonly AvailableAt[]] => {
      if (!wanted.has(variantId)) return [variantId, levels];
      const units = own.filter((each) => each.variantId === variantId);
      return [variantId, units.reduce(withUnits, levels)];
    }),
  );
};

const withUnits = (levels: readonly AvailableAt[], { locationId, quantity }: HeldUnits) =>
  levels.map((level) =>
    level.locationId === locationId ? { locationId, available: level.available + quantity } : level,
  );

const take = (order: PlacedOrder, lines: readonly AllocatedLine[], shelf: Shelf): Shelf => {
  const available = new Map(shelf.available);
  const room = new Map(shelf.room);
  for (const { variantId, allocations, waiting } of lines) {
    available.set(variantId, without(available.get(variantId) ?? [], allocations));
    if (waiting > 0) room.set(variantId, (room.get(variantId) ?? 0) - waiting);
  }
  const wanted = wants(order);
  const held = shelf.held.filter(
    ({ holderId, variantId }) => holderId !== order.buyerId || !wanted.has(variantId),
  );
  return { available, room, held };
};

/** A buyer who held more than they ordered gives the rest back. */
const leavesMore = (order: PlacedOrder, found: Shelf, left: Shelf): boolean =>
  left.held !== found.held &&
  [...wants(order)].some(
    (variantId) =>
      totalOf(left.available.get(variantId) ?? []) > totalOf(found.available.get(variantId) ?? []),
  );
