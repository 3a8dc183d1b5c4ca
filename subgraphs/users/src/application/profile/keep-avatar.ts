import type { Instant } from '@emporium/domain';
import { lookAtUpload, type UploadForm, type UploadRefusal } from '@emporium/pictures/uploads';
import type { Dependencies } from '../ports.ts';
import { asUser } from './as-user.ts';
import { avatarKey } from './avatar-ports.ts';
import type { ProfileDependencies } from './profile-ports.ts';

export type UploadInvitation = UploadForm & { readonly id: string; readonly expiresAt: Instant };

/** Getting a picture, in three steps: an invitation, the upload past GraphQL, and a look at what was uploaded. */
export const keepAvatar = (dependencies: Dependencies & ProfileDependencies) => {
  const { transact, secrets, newId, profiles, avatarStore, shapeAvatar, avatarUrl } = dependencies;
  const as = asUser(dependencies);

  /**
   * Writes the picture outside of any transaction, between one that dooms its file and one that spares it; the
   * invitation is still there unless the user asked for another, or was erased, in the meantime.
   */
  const show = async (userId: string, uploadId: string, picture: Uint8Array) => {
    const fileId = secrets.create();
    await transact(({ profile: { avatars } }) => avatars.announce(avatarKey(fileId)));
    await avatarStore.write(avatarKey(fileId), picture);
    return as(userId, async ({ profile: { avatars } }) => {
      if (!(await avatars.endInvitation(userId, uploadId))) return 'NOT_FOUND' as const;
      await avatars.show(userId, fileId);
      return 'DONE' as const;
    });
  };

  return {
    /** Null for no user of ours. */
    requestAvatarUpload: async (userId: string): Promise<UploadInvitation | null> => {
      const [id, token] = [newId(), secrets.create()];
      const fingerprint = secrets.fingerprint(token);
      const expiresAt = await as(userId, ({ profile: { avatars } }) =>
        avatars.invite(userId, { id, fingerprint }),
      );
      return expiresAt && { id, expiresAt, ...(await avatarStore.invite({ id, token })) };
    },

    /** Null for no user of ours. */
    confirmAvatar: async (userId: string, uploadId: string): Promise<UploadRefusal | 'DONE' | null> => {
      const invited = await as(userId, ({ profile: { avatars } }) => avatars.isInvited(userId, uploadId));
      if (invited === null) return null;
      const picture = await lookAtUpload<Uint8Array>({
        id: uploadId,
        store: avatarStore,
        isInvited: async () => invited,
        take: async () =>
          (await as(userId, ({ profile: { avatars } }) => avatars.take(userId, uploadId))) ?? false,
        shape: shapeAvatar,
      });
      return typeof picture === 'string' ? picture : show(userId, uploadId, picture);
    },

    /** Null for no user of ours. */
    removeAvatar: (userId: string): Promise<'DONE' | null> =>
      as(userId, async ({ profile: { avatars } }) => {
        await avatars.erase(userId);
        return 'DONE' as const;
      }),

    /** Where each user's picture is, in the order of the ids. */
    findAvatarUrls: async (userIds: readonly string[]): Promise<readonly (string | null)[]> => {
      const files = await profiles.findAvatars(userIds);
      return files.map((fileId) => fileId && avatarUrl(`${fileId}.webp`));
    },

    /** Removes the files whose time has come; a store that fails is asked again the next time. */
    removeDueFiles: async (): Promise<void> => {
      for (const key of await profiles.findDueFiles()) {
        await avatarStore.remove(key);
        await transact(({ profile: { avatars } }) => avatars.forget(key));
      }
    },
  };
};
