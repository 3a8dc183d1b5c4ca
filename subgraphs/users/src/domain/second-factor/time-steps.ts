import type { Instant } from '@emporium/domain';

/** How long a one-time code is shown. */
export const stepSeconds = 30;

/** Steps that a clock may be off, either way. */
const tolerance = 1;

/** The number of the time step at this moment, as RFC 6238 counts them. */
export const stepAt = (at: Instant): number => Math.floor(Date.parse(at) / 1000 / stepSeconds);

/** The steps whose codes are good now: those around this moment that are later than any that was used. */
export const openSteps = (at: Instant, lastUsed: number): readonly number[] => {
  const now = stepAt(at);
  const around = Array.from({ length: 2 * tolerance + 1 }, (_, index) => now - tolerance + index);
  return around.filter((step) => step > lastUsed);
};
