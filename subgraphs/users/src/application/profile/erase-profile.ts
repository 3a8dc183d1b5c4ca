import type { Ports } from '../ports.ts';

/** Forgets everything about a user's profile within a transaction; the files of their picture go soon after it commits. */
export const eraseProfile = async ({ profile }: Ports, userId: string): Promise<void> => {
  await profile.addresses.removeAll(userId);
  await profile.preferences.remove(userId);
  await profile.wishlist.removeAll(userId);
  await profile.avatars.erase(userId);
};
