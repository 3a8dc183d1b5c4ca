import type { Wishlist } from '../../application/profile/profile-ports.ts';
import type { Prisma } from '../generated/client.ts';

/** Users' wishlists, in one transaction that holds the user. */
export const prismaWishlist = (tx: Prisma.TransactionClient): Wishlist => ({
  count: (userId) => tx.wishlistItem.count({ where: { userId } }),
  has: async (userId, productId) => (await tx.wishlistItem.count({ where: { userId, productId } })) > 0,
  add: async (userId, productId) => {
    await tx.wishlistItem.createMany({ data: [{ userId, productId }], skipDuplicates: true });
  },
  remove: async (userId, productId) => {
    await tx.wishlistItem.deleteMany({ where: { userId, productId } });
  },
  removeAll: async (userId) => {
    await tx.wishlistItem.deleteMany({ where: { userId } });
  },
});
