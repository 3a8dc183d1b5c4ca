import type { PrismaClient } from '../generated/client.ts';
import { type Bucket, openBucketStore } from './bucket-store.ts';
import { folderStore } from './folder-store.ts';
import { receiveAvatars } from './receive-avatars.ts';
import { serveAvatars } from './serve-avatars.ts';

export type AvatarStoreOptions = {
  readonly folder: string;
  /** Null keeps the files in the folder. */
  readonly bucket: Bucket | null;
  /** Where the public finds what lies beneath `/avatars` of this service. */
  readonly avatarUrl: (path: string) => string;
};

/** Where avatars are kept, and the open paths that go with it: a bucket takes uploads itself. */
export const openAvatarStore = async (
  prisma: PrismaClient,
  { folder, bucket, avatarUrl }: AvatarStoreOptions,
) => {
  if (bucket) {
    const store = await openBucketStore(bucket);
    return { avatarStore: store, routes: { '/avatars/': serveAvatars(store) } };
  }
  const store = folderStore(folder, (token) => avatarUrl(`uploads/${token}`));
  return {
    avatarStore: store,
    routes: { '/avatars/': serveAvatars(store), '/avatars/uploads/': receiveAvatars(prisma, store) },
  };
};
