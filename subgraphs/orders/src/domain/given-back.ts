/** What goes back for units of a shipment. Whatever goes back in parts sums to what was paid, to the minor unit. */
import type { Money } from '@emporium/domain';
import { lineOf, type Shipment, type Units, withoutUnits } from './shipment.ts';

/** What of a line's price belongs to so many of its units, counted from the first, rounded down: all of them have all. */
const shareOf = (paid: bigint, units: number, quantity: number): bigint =>
  (paid * BigInt(units)) / BigInt(quantity);

/**
 * What goes back when these units are called off: their share of what was paid for their lines, discount and tax included;
 * with the last of a shipment of which nothing has left, all that is left of it, sending included. What a dispute gave back
 * of the same shipment is not given back again.
 */
export const backFor = (shipment: Shipment, units: readonly Units[]): Money => {
  const { amount, back } = shipment;
  const { currency } = amount;
  const left = amount.minor - back.minor;
  if (withoutUnits(shipment, units, amount).status === 'CANCELLED') return { minor: left, currency };
  const minor = units.reduce((sum, { variantId, quantity }) => {
    const line = lineOf(shipment, variantId);
    if (!line) throw new TypeError(`${variantId} is not in shipment ${shipment.id}`);
    const before = shareOf(line.paid.minor, line.cancelled, line.quantity);
    return sum + shareOf(line.paid.minor, line.cancelled + quantity, line.quantity) - before;
  }, 0n);
  const isAll = minor >= left;
  return { minor: isAll ? left : minor, currency };
};
