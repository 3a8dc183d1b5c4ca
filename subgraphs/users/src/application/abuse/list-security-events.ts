import type { SecurityEventKind } from '../security-events.ts';

/** A security event as it is read. */
export type SecurityEventView = {
  readonly id: string;
  readonly at: string;
  readonly kind: SecurityEventKind;
  readonly userId: string | null;
  readonly address: string | null;
  readonly device: string | null;
  readonly detail: Readonly<Record<string, string | number>>;
};

/** Which of them; what is null does not matter. Times are ISO 8601; `from` is inside, `to` is not. */
export type SecurityEventFilter = {
  readonly userId: string | null;
  readonly kind: SecurityEventKind | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** Where the last page ended. */
export type SecurityEventPosition = { readonly at: string; readonly id: string };

/** Newest first: `limit` of them, older than `before`. */
export type ListSecurityEvents = (
  filter: SecurityEventFilter,
  page: { readonly limit: number; readonly before: SecurityEventPosition | null },
) => Promise<readonly SecurityEventView[]>;

export const allEvents: SecurityEventFilter = { userId: null, kind: null, from: null, to: null };
