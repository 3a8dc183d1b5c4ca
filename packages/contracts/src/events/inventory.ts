import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { id } from '../wire.ts';

/**
 * Every line of the order has its stock set aside, but for what its sellers let be ordered before it is there: so many
 * units of these variants wait. Without them everything is there.
 */
export const stockReserved = defineEvent('inventory.reserved', 1, {
  orderId: id<'Order'>(),
  backordered: z.array(z.object({ variantId: id<'Variant'>(), quantity: z.int().positive() })).optional(),
});

/**
 * Units came that the order had waited for. `waiting` is how many of the variant it waits for after that: it only ever
 * falls, so the lowest that was heard is the last. May be heard before `inventory.reserved`.
 */
export const backorderFilled = defineEvent('inventory.backorder-filled', 1, {
  orderId: id<'Order'>(),
  lines: z.array(z.object({ variantId: id<'Variant'>(), waiting: z.int().nonnegative() })).min(1),
});

/** Nothing was set aside: at least one variant was short. */
export const stockRejected = defineEvent('inventory.rejected', 1, {
  orderId: id<'Order'>(),
  shortages: z.array(z.object({ variantId: id<'Variant'>(), requested: z.int(), available: z.int() })),
});

/** The reserved stock has left the shelf for good: the order is paid. */
export const stockCommitted = defineEvent('inventory.committed', 1, { orderId: id<'Order'>() });

/** Stock that was reserved or committed for the order is available again. */
export const stockReleased = defineEvent('inventory.released', 1, { orderId: id<'Order'>() });

/** A variant's stock, in full. */
export const stockChanged = defineEvent('inventory.stock-changed', 1, {
  variantId: id<'Variant'>(),
  available: z.int().nonnegative(),
  version: z.int().positive(),
});

/**
 * Variants that came into stock or went out of it, one to five hundred at a time: receivers keep the highest version of
 * each. It is the version of `inventory.stock-changed`; changes of numbers alone are not told here.
 */
export const availabilityChanged = defineEvent('inventory.availability-changed', 1, {
  variants: z
    .array(z.object({ variantId: id<'Variant'>(), inStock: z.boolean(), version: z.int().positive() }))
    .min(1)
    .max(500),
});

/** What is available of a variant fell below the threshold that its seller set. Told once, until it was above again. */
export const stockLow = defineEvent('inventory.stock-low', 1, {
  variantId: id<'Variant'>(),
  sellerId: id<'User'>(),
  available: z.int().nonnegative(),
  threshold: z.int().positive(),
});
