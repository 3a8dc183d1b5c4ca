/** Cards that a user keeps: when one is good no more, and which is the default. */
import type { Instant } from '@emporium/domain';

/** How many somebody keeps at most, those included that the provider has yet to answer for. */
export const mostMethods = 20;

/** The month in which a card is good for the last time; January is 1. */
export type Expiry = { readonly month: number; readonly year: number };

export type MethodState = {
  readonly id: string;
  /** PENDING: the provider has not said yet whether it keeps it. */
  readonly status: 'PENDING' | 'ACTIVE';
  /** Null where the provider does not tell of any. */
  readonly expiry: Expiry | null;
  readonly isDefault: boolean;
};

/** Past the last of its month, in UTC: who is still in that month elsewhere is for the provider to decide, who is asked the day before. */
export const isExpired = (expiry: Expiry | null, at: Instant): boolean => {
  if (!expiry) return false;
  const [year = 0, month = 0] = at.split('-').map(Number);
  return expiry.year < year || (expiry.year === year && expiry.month < month);
};

/** There is always a default where there is a method: the first becomes it unasked. */
export const becomesDefault = (methods: readonly MethodState[], wantsDefault: boolean): boolean =>
  wantsDefault || !methods.some(({ isDefault }) => isDefault);

/** Who follows a default that goes: the last one added that still pays, or else the last one added. `methods` are oldest first. */
export const nextDefault = (methods: readonly MethodState[], at: Instant): string | null => {
  const active = methods.filter(({ status }) => status === 'ACTIVE');
  const next = active.findLast(({ expiry }) => !isExpired(expiry, at)) ?? active.at(-1);
  return next?.id ?? null;
};
