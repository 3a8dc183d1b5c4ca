/** Many want the last units at once: half by placing an order, half by a hold, as close together as can be. */
import { orderPlaced } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { isOverload } from '@emporium/subgraph';
import { adjustment, seller, type TestInventory } from './test-inventory.ts';

type Race = {
  readonly sold: number;
  readonly refused: number;
  /** Told that too many are at it: nothing is done, and they may ask again. */
  readonly busy: number;
  readonly errors: readonly string[];
};

/** The units lie at two locations. `name` is the race's own. */
export const raceForLastUnits = async (
  inventory: TestInventory,
  buyers: number,
  units: number,
  name: string,
): Promise<Race> => {
  const variantId = asId<'Variant'>(`last-${name}`);
  const sellerId = asId<'User'>(seller.id);
  const elsewhere = await inventory.app.openLocation(
    { sellerId, code: 'ELSEWHERE', name: 'Elsewhere', priority: 1 },
    { ...seller, isSeller: true },
  );
  const locationId = (elsewhere.ok ? elsewhere.events[0]?.id : null) ?? null;
  await inventory.stock({ [variantId]: units - Math.floor(units / 2) });
  if (units > 1)
    await inventory.app.adjustStock([adjustment(variantId, Math.floor(units / 2), { locationId })], seller);

  const order = async (buyer: number): Promise<boolean> => {
    const orderId = asId<'Order'>(`${variantId}-${buyer}`);
    await inventory.hear(orderPlaced, {
      orderId,
      buyerId: asId<'User'>(`buyer-${name}-${buyer}`),
      total: { minor: 100n, currency: 'GBP' },
      lines: [{ variantId, sellerId, quantity: 1 }],
    });
    const row = await inventory.prisma.reservation.findUniqueOrThrow({ where: { orderId } });
    return row.state === 'RESERVED';
  };
  const hold = async (buyer: number): Promise<boolean> => {
    const wanted = { variantId, quantity: 1, idempotencyKey: 'last' };
    const outcome = await inventory.app.holdStock(wanted, {
      id: `buyer-${name}-${buyer}`,
      isAdmin: false,
    });
    return outcome.ok;
  };

  const outcomes = await Promise.allSettled(
    Array.from({ length: buyers }, (_, buyer) => (buyer % 2 === 0 ? order(buyer) : hold(buyer))),
  );
  const granted = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
  const reasons = outcomes.flatMap((outcome): unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  const errors = reasons.filter((reason) => !isOverload(reason)).map(String);
  const busy = reasons.length - errors.length;
  const [available = -1, reserved = -1] = await inventory.levels(variantId);
  if (reserved !== granted || available !== units - granted) {
    errors.push(`${granted} were told that they have one; ${reserved} are reserved, ${available} left`);
  }
  return { sold: granted, refused: buyers - granted - busy - errors.length, busy, errors };
};
