import type { Id } from '@emporium/domain';

export type VariantId = Id<'Variant'>;
export type LocationId = Id<'Location'>;
export type HoldId = Id<'Hold'>;
export type OrderId = Id<'Order'>;
export type UserId = Id<'User'>;
/** Why something went back: a cancellation of a part, or a return. */
export type CauseId = Id<'Cancellation'>;
