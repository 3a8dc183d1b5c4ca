import type { Dependencies } from '../ports.ts';
import { exportProfile } from './export-profile.ts';
import { keepAddresses } from './keep-addresses.ts';
import { keepAvatar } from './keep-avatar.ts';
import { keepPreferences } from './keep-preferences.ts';
import { keepWishlist } from './keep-wishlist.ts';
import type { ProfileDependencies } from './profile-ports.ts';

/** The use cases of a user's profile. */
export const createProfile = (dependencies: Dependencies & ProfileDependencies) => ({
  ...keepAddresses(dependencies),
  ...keepPreferences(dependencies),
  ...keepWishlist(dependencies),
  ...keepAvatar(dependencies),
  exportProfile: exportProfile(dependencies),
});
