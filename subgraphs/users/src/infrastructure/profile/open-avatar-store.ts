import { type Bucket, openPictureStore } from '@emporium/pictures';
import type { PrismaClient } from '../generated/client.ts';
import { refreshSecrets } from '../refresh-secrets.ts';

type AvatarStoreOptions = {
  readonly folder: string;
  /** Null keeps the files in the folder. */
  readonly bucket: Bucket | null;
  /** Where the public finds what lies beneath `/avatars` of this service. */
  readonly avatarUrl: (path: string) => string;
};

/** Long enough to spare the service, short enough that an erased face is gone from caches within a day. */
const keepSeconds = 24 * 60 * 60;

/** Where avatars are kept, and the open paths that go with it. */
export const openAvatarStore = (prisma: PrismaClient, { folder, bucket, avatarUrl }: AvatarStoreOptions) =>
  openPictureStore({
    folder,
    bucket,
    path: '/avatars/',
    keepSeconds,
    publicUrl: avatarUrl,
    invitedBy: 'requestAvatarUpload',
    findUpload: async (token) => {
      const [row] = await prisma.$queryRaw<{ id: string }[]>`
        SELECT id FROM avatar_uploads
        WHERE fingerprint = ${refreshSecrets.fingerprint(token)} AND expires_at > now() AND NOT taken`;
      return row?.id ?? null;
    },
  });
