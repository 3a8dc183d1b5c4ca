import { returnReceived } from '@emporium/contracts';
import { ack, park, subscriber } from '@emporium/messaging';
import { keysOfReturn, takeBack, toldByOrders } from '../domain/goods-returned.ts';
import type { Ports } from './ports.ts';

/** What a buyer sent back is in stock again, or written off, once. The order that took it stays as it was. */
export const onReturnReceived = subscriber(returnReceived, async (ports: Ports, { payload }) => {
  const { returnId } = payload;
  const lines = payload.lines.map(({ locationId = null, ...units }) => ({ ...units, locationId }));
  const variantIds = lines.map(({ variantId }) => variantId);
  const state = await ports.stock.lockForAdjustment(
    toldByOrders,
    variantIds,
    keysOfReturn(returnId, lines),
  );
  const decision = takeBack(returnId, lines, state);
  if (!decision.ok) return park(`return ${returnId} could not be taken back: ${decision.refusal}`);
  const movements = decision.events.map((moved) => ({ ...moved, id: ports.newId(), returnId }));
  if (movements.length > 0) await ports.stock.record(toldByOrders, movements, await ports.now());
  return ack;
});
