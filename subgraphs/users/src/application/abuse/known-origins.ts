import type { Familiarity } from '../../domain/familiarity.ts';
import type { Origin } from '../origin.ts';

/** The networks and devices that each account was signed in to from. */
export type KnownOrigins = {
  /** Adds one, and answers what of it was known before. */
  note(userId: string, origin: Origin): Promise<Familiarity>;
};
