import {
  type CutRow,
  type LevelRow,
  levelKey,
  type ReservationRow,
  takenBy,
} from '../shop/inventory/inventory-tables.ts';
import type { Shop } from '../shop/world.ts';
import type { Check } from './rule.ts';

const sumBy = <Row>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => string,
  of: (row: Row) => number,
): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + of(row));
  return sums;
};

const cutsOf = ({ inventory }: Shop, orderId: string): readonly CutRow[] =>
  [...inventory.tables.cuts.committed.values()].flat().filter((cut) => cut.orderId === orderId);

const reservations = ({ inventory }: Shop): readonly ReservationRow[] => [
  ...inventory.tables.reservations.committed.values(),
];

const takenIn = (shop: Shop, status: ReservationRow['status']): Map<string, number> =>
  sumBy(
    reservations(shop)
      .filter((row) => row.status === status)
      .flatMap(({ orderId, lines }) => takenBy(lines, cutsOf(shop, orderId))),
    ({ variantId, locationId }) => levelKey(variantId, locationId),
    ({ quantity }) => quantity,
  );

const say = ({ variantId, locationId, available, reserved, sold }: LevelRow): string =>
  `${variantId} at ${locationId}: ${available} available, ${reserved} reserved, ${sold} sold`;

const levelsWhere = (shop: Shop, isWrong: (level: LevelRow, key: string) => boolean): readonly string[] =>
  [...shop.inventory.tables.levels.committed]
    .filter(([key, level]) => isWrong(level, key))
    .map(([, level]) => say(level));

export const stockChecks: readonly Check[] = [
  {
    rule: 'stock is never negative and is the sum of its movements, at each location',
    broken: (shop) => {
      const moved = sumBy(
        shop.inventory.tables.movements.committed.values(),
        ({ variantId, locationId }) => levelKey(variantId, locationId),
        ({ delta }) => delta,
      );
      return levelsWhere(
        shop,
        ({ available, reserved, sold }, key) =>
          Math.min(available, reserved, sold) < 0 || available + reserved + sold !== (moved.get(key) ?? 0),
      );
    },
  },
  {
    rule: 'what is reserved at a location is what active reservations take there',
    broken: (shop) => {
      const taken = takenIn(shop, 'reserved');
      return levelsWhere(shop, ({ reserved }, key) => reserved !== (taken.get(key) ?? 0));
    },
  },
  {
    rule: 'what is sold at a location is what committed reservations took there',
    broken: (shop) => {
      const taken = takenIn(shop, 'committed');
      return levelsWhere(shop, ({ sold }, key) => sold !== (taken.get(key) ?? 0));
    },
  },
  {
    rule: 'an order that is going on has its stock, and one that came to nothing has none',
    broken: (shop) =>
      [...shop.orders.tables.orders.committed.values()].flatMap(({ id, status }) => {
        const held = shop.inventory.tables.reservations.committed.get(id)?.status ?? 'absent';
        const isOver = status === 'FAILED' || status === 'CANCELLED';
        const isRight = isOver ? held !== 'reserved' && held !== 'committed' : held === 'committed';
        return isRight ? [] : [`${id} is ${status} and its reservation is ${held}`];
      }),
  },
  {
    rule: 'an order has of its stock what was ordered, but for what was called off',
    broken: (shop) =>
      [...shop.orders.tables.orders.committed.values()].flatMap(({ id, status, order }) => {
        const held = shop.inventory.tables.reservations.committed.get(id);
        if (status === 'FAILED' || status === 'CANCELLED' || !held) return [];
        const taken = sumBy(
          takenBy(held.lines, cutsOf(shop, id)),
          ({ variantId }) => variantId,
          ({ quantity }) => quantity,
        );
        return order.shipments
          .flatMap(({ lines }) => lines)
          .filter(
            ({ variantId, quantity, cancelled }) => (taken.get(variantId) ?? 0) !== quantity - cancelled,
          )
          .map(
            ({ variantId, quantity, cancelled }) =>
              `${id} has ${taken.get(variantId) ?? 0} of ${variantId}: ordered ${quantity}, called off ${cancelled}`,
          );
      }),
  },
  {
    rule: 'what came back is in stock again, once, as its return says',
    broken: (shop) => {
      const moved = sumBy(
        [...shop.inventory.tables.movements.committed.values()].filter(
          ({ returnId, delta }) => returnId !== null && delta > 0,
        ),
        ({ returnId }) => returnId ?? '',
        ({ delta }) => delta,
      );
      return [...shop.orders.tables.orders.committed.values()]
        .flatMap(({ order }) => order.returns)
        .filter(({ status }) => status === 'RECEIVED' || status === 'REFUNDED')
        .flatMap(({ id, lines }) => {
          const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
          return moved.get(id) === units
            ? []
            : [`of return ${id} came ${units} back, and ${moved.get(id) ?? 0} are in stock`];
        });
    },
  },
];
