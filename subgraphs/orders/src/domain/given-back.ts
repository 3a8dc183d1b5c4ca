/** What goes back for units of a shipment. Whatever goes back in parts sums to what was paid, to the minor unit. */
import type { Money } from '@emporium/domain';
import { lineOf, type Shipment, type ShipmentLine, type Units, unitsOf, withoutUnits } from './shipment.ts';

/** What of a line's price belongs to so many of its units, counted from the first, rounded down: all of them have all. */
const shareOf = ({ paid, quantity }: ShipmentLine, units: number): bigint =>
  (paid.minor * BigInt(units)) / BigInt(quantity);

/**
 * What was paid for these units, discount and tax included: the next ones after all that went back before. What a dispute gave
 * back of the same shipment is not given back again.
 */
export const paidFor = (shipment: Shipment, units: readonly Units[]): Money => {
  const stranger = units.find(({ variantId }) => !lineOf(shipment, variantId));
  if (stranger) throw new TypeError(`${stranger.variantId} is not in shipment ${shipment.id}`);
  const minor = shipment.lines.reduce((sum, line) => {
    const before = line.cancelled + line.returned;
    return sum + shareOf(line, before + unitsOf(units, line.variantId)) - shareOf(line, before);
  }, 0n);
  const kept = keptOf(shipment);
  return minor >= kept.minor ? kept : { ...kept, minor };
};

/**
 * What goes back when these units are called off: what was paid for them; with the last of a shipment of which nothing has
 * left, all that is left of it, sending included.
 */
export const backFor = (shipment: Shipment, units: readonly Units[]): Money =>
  withoutUnits(shipment, units, shipment.amount).status === 'CANCELLED'
    ? keptOf(shipment)
    : paidFor(shipment, units);

/** What does not go back of it so far. */
const keptOf = ({ amount, back }: Shipment): Money => ({
  minor: amount.minor - back.minor,
  currency: amount.currency,
});
