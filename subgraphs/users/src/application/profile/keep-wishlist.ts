import { mayWish } from '../../domain/profile/wishlist.ts';
import type { Dependencies } from '../ports.ts';
import { asUser } from './as-user.ts';
import type { ProfileDependencies } from './profile-ports.ts';

type Outcome = Promise<'DONE' | 'WISHLIST_FULL' | null>;

/** Keeping one's wishlist: twice is as once. Whether a product exists only its owner knows. */
export const keepWishlist = (dependencies: Dependencies & ProfileDependencies) => {
  const as = asUser(dependencies);
  return {
    /** Null for no user of ours. */
    addToWishlist: (userId: string, productId: string): Outcome =>
      as(userId, async ({ profile: { wishlist } }) => {
        const [length, has] = [await wishlist.count(userId), await wishlist.has(userId, productId)];
        if (!mayWish({ length, has })) return 'WISHLIST_FULL' as const;
        await wishlist.add(userId, productId);
        return 'DONE' as const;
      }),
    /** Null for no user of ours. */
    removeFromWishlist: (userId: string, productId: string): Outcome =>
      as(userId, async ({ profile: { wishlist } }) => {
        await wishlist.remove(userId, productId);
        return 'DONE' as const;
      }),
    findWishes: dependencies.profiles.findWishes,
  };
};
