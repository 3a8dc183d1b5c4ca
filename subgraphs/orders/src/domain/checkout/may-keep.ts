/** Whose word makes rules. */
import type { Id } from '@emporium/domain';

/** Somebody who is signed in, by their roles. */
export type RuleMaker = {
  readonly id: Id<'User'>;
  readonly isSeller: boolean;
  readonly isAdmin: boolean;
};

export type MakerRefusal = 'NOT_A_SELLER' | 'NOT_ADMIN';

/** Sellers make their own rules, administrators the platform's; null when they may. */
export const mayKeepRules = (by: RuleMaker, ofPlatform: boolean): MakerRefusal | null => {
  if (ofPlatform) return by.isAdmin ? null : 'NOT_ADMIN';
  return by.isSeller ? null : 'NOT_A_SELLER';
};

/** What is the platform's (`owner` null) or somebody else's, administrators alone may touch. */
export const mayTouch = (by: RuleMaker, owner: Id<'User'> | null): boolean =>
  by.isAdmin || (owner !== null && by.id === owner);
