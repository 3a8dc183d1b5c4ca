import { withCause } from '@emporium/messaging';
import type { Happened, Reservations } from '../../../../subgraphs/inventory/src/application/ports.ts';
import type { CauseId, OrderId, VariantId } from '../../../../subgraphs/inventory/src/domain/ids.ts';
import {
  evolve,
  initial,
  type Reservation,
  type ReservationEvent,
} from '../../../../subgraphs/inventory/src/domain/reservation.ts';
import { reservationMessages } from '../../../../subgraphs/inventory/src/infrastructure/reservation-messages.ts';
import { type CutRow, takenBy } from './inventory-tables.ts';
import { lockStock, moveUnits, tellOfStock } from './stock-store.ts';
import type { InventoryWithin } from './within.ts';

/** Reservations within a transaction. Orders are held before any stock, always. */
export const createReservationStore = (within: InventoryWithin): Reservations => {
  const { tx, tables, scheduler, tell } = within;
  const rowOf = (orderId: string) => tx.read(tables.reservations, orderId);
  const cutsOf = (orderId: string): readonly CutRow[] =>
    tx.rows(tables.cuts).flatMap((cuts) => cuts.filter((cut) => cut.orderId === orderId));
  const keep = async (orderId: OrderId, event: ReservationEvent): Promise<void> => {
    const row = rowOf(orderId) ?? { orderId, status: initial.status, lines: [] };
    const { status } = evolve({ status: row.status }, event);
    const lines = event.type === 'Reserved' ? event.lines : row.lines;
    await tx.put(tables.reservations, orderId, { orderId, status, lines });
  };
  const shift = async (orderId: OrderId, change: (quantity: number) => Parameters<typeof moveUnits>[3]) => {
    for (const { variantId, locationId, quantity } of takenBy(rowOf(orderId)?.lines ?? [], cutsOf(orderId)))
      await moveUnits(within, variantId, locationId, change(quantity));
  };
  const cut = async (orderId: OrderId, event: Extract<ReservationEvent, { type: 'Cut' }>) => {
    const rows = event.lines.map(({ variantId, quantity, allocations }) => ({
      orderId,
      variantId,
      quantity,
      allocations,
    }));
    await tx.put(tables.cuts, `${orderId} ${event.causeId}`, rows);
    for (const { variantId, allocations } of rows)
      for (const { locationId, quantity } of allocations)
        await moveUnits(within, variantId, locationId, { available: quantity, [event.from]: -quantity });
  };
  /** Answers the variants of which more or less can be ordered. */
  const move = async (orderId: OrderId, event: ReservationEvent): Promise<readonly VariantId[]> => {
    await keep(orderId, event);
    const variantIds = (rowOf(orderId)?.lines ?? []).map(({ variantId }) => variantId);
    switch (event.type) {
      case 'Reserved':
        await shift(orderId, (quantity) => ({ available: -quantity, reserved: quantity }));
        return variantIds;
      case 'Committed':
        await shift(orderId, (quantity) => ({ reserved: -quantity, sold: quantity }));
        return [];
      case 'Released':
        await shift(orderId, (quantity) => ({ available: quantity, [event.from]: -quantity }));
        return variantIds;
      case 'Cut':
        await cut(orderId, event);
        return event.lines.map(({ variantId }) => variantId);
      default:
        return [];
    }
  };

  return {
    hold: async (orderIds, variantIds) => {
      await tx.statement('holds orders');
      for (const orderId of [...new Set(orderIds)].toSorted()) await tx.lock(`order ${orderId}`);
      const theirs = orderIds.flatMap((orderId) => rowOf(orderId)?.lines ?? []);
      await lockStock(within, [...variantIds, ...theirs.map(({ variantId }) => variantId)]);
      const reservations = orderIds.map((orderId): [OrderId, Reservation] => [
        orderId,
        { status: rowOf(orderId)?.status ?? initial.status },
      ]);
      return { reservations: new Map(reservations), at: scheduler.instant() };
    },
    heldBy: async (orderId: OrderId, causeId: CauseId, variantIds) => {
      await tx.statement('reads what an order has');
      await lockStock(within, variantIds);
      const taken = takenBy(rowOf(orderId)?.lines ?? [], cutsOf(orderId));
      const held = variantIds.map((id) => {
        const allocations = taken.filter(({ variantId }) => variantId === id);
        return [id, { allocations, waiting: 0 }] as const;
      });
      return { isDone: tx.read(tables.cuts, `${orderId} ${causeId}`) !== undefined, held: new Map(held) };
    },
    save: async (happened: readonly Happened[], at) => {
      if (happened.length === 0) return;
      await tx.statement('saves reservations');
      const changes: { variantId: VariantId; cause: Happened['cause'] }[] = [];
      for (const { orderId, event, cause } of happened) {
        const variantIds = await move(orderId, event);
        changes.push(...variantIds.map((variantId) => ({ variantId, cause })));
        tell(withCause(cause, () => reservationMessages(orderId, event, at)));
      }
      await tellOfStock(within, changes);
    },
  };
};
