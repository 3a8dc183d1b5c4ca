import type { Id } from '@emporium/domain';

export type VariantId = Id<'Variant'>;
export type LocationId = Id<'Location'>;
export type HoldId = Id<'Hold'>;
export type OrderId = Id<'Order'>;
/** What a buyer sent back of an order. */
export type ReturnId = Id<'Return'>;
export type UserId = Id<'User'>;
/** Why units went back: a part of their order was called off. */
export type CauseId = Id<'Cancellation'>;
