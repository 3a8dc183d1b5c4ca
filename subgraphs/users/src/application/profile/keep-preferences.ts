import {
  changePreferences,
  defaultPreferences,
  type Preferences,
} from '../../domain/profile/preferences.ts';
import type { Dependencies } from '../ports.ts';
import { asUser } from './as-user.ts';
import type { ProfileDependencies } from './profile-ports.ts';

/** Keeping one's preferences. */
export const keepPreferences = (dependencies: Dependencies & ProfileDependencies) => {
  const as = asUser(dependencies);
  return {
    /** Null for no user of ours. */
    updatePreferences: (
      userId: string,
      change: Parameters<typeof changePreferences>[1],
    ): Promise<Preferences | null> =>
      as(userId, async ({ profile: { preferences } }) => {
        const present = (await preferences.find(userId)) ?? defaultPreferences;
        const changed = changePreferences(present, change);
        await preferences.put(userId, changed);
        return changed;
      }),
    findPreferences: async (userId: string): Promise<Preferences> => {
      const [found] = await dependencies.profiles.findPreferences([userId]);
      return found ?? defaultPreferences;
    },
  };
};
