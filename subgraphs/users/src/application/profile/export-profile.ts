import type { Page } from '@emporium/subgraph';
import { defaultPreferences } from '../../domain/profile/preferences.ts';
import { highestWishes } from '../../domain/profile/wishlist.ts';
import type { ProfileDependencies } from './profile-ports.ts';

const everything: Page = { limit: highestWishes, after: null };

/** Everything that a user's profile holds, as plain JSON, for themself. */
export const exportProfile =
  ({ profiles, avatarUrl }: ProfileDependencies) =>
  async (userId: string) => {
    const [addresses] = await profiles.findAddresses([userId]);
    const [preferences] = await profiles.findPreferences([userId]);
    const [avatar] = await profiles.findAvatars([userId]);
    const wishes = await profiles.findWishes(userId, everything);
    return {
      addresses: addresses ?? [],
      preferences: preferences ?? defaultPreferences,
      wishlist: wishes.map(({ productId, addedAt }) => ({ productId, addedAt })),
      avatarUrl: avatar ? avatarUrl(`${avatar}.webp`) : null,
    };
  };
