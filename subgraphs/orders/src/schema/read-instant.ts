import { asInstant, type Instant } from '@emporium/domain';

/** What the scalar let through is a moment in UTC; null for nothing. */
export const readInstant = (value: string | null | undefined): Instant | null =>
  value == null ? null : asInstant(value);
