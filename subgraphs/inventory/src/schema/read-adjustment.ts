import { asId } from '@emporium/domain';
import { badUserInput } from '@emporium/subgraph';
import { type Adjustment, directionFits } from '../domain/adjustment.ts';
import type { AdjustStockInput } from './adjust-stock.types.ts';
import { readId, readLocationId } from './read-id.ts';
import { readText } from './read-text.ts';

const highestDelta = 1_000_000;
const longestText = 200;

/** Checks what the client could have checked alone; BAD_USER_INPUT otherwise. `path` is where the input stands. */
export const readAdjustment = (input: AdjustStockInput, path: string): Adjustment => {
  const { delta, kind } = input;
  if (delta === 0 || Math.abs(delta) > highestDelta) {
    throw badUserInput('`delta` must be -1000000 to 1000000, and not 0.', `${path}.delta`);
  }
  if (!directionFits(kind, delta)) {
    const sign = kind === 'WRITE_OFF' ? 'negative' : 'positive';
    throw badUserInput(`The \`delta\` of a ${kind} must be ${sign}.`, `${path}.delta`);
  }
  return {
    variantId: asId<'Variant'>(readId(input.variantId)),
    locationId: input.locationId == null ? null : readLocationId(input.locationId),
    delta,
    kind,
    reason: readText(input.reason, 'reason', path, longestText),
    idempotencyKey: readText(input.idempotencyKey, 'idempotencyKey', path, longestText),
  };
};
