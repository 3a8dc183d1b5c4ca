import { type Bucket, openBucketStore } from './bucket-store.ts';
import { folderStore } from './folder-store.ts';
import { receivePictures } from './receive-pictures.ts';
import { servePictures } from './serve-pictures.ts';
import type { PictureStore } from './uploads.ts';

export type PictureStoreOptions = {
  readonly folder: string;
  /** Null keeps the files in the folder. */
  readonly bucket: Bucket | null;
  /** The path beneath which this service shows them, `/avatars/`, and the folder of their keys. */
  readonly path: `/${string}/`;
  /** How long caches may show one. */
  readonly keepSeconds: number;
  /** Where the public finds what lies beneath that path. */
  readonly publicUrl: (path: string) => string;
  /** The upload that a token admits now. */
  readonly findUpload: (token: string) => Promise<string | null>;
  /** The mutation that invites, for whoever must ask again. */
  readonly invitedBy: string;
};

/** Where pictures are kept, and the open paths that go with it: a bucket takes uploads itself. */
export const openPictureStore = async (options: PictureStoreOptions) => {
  const { folder, bucket, path, publicUrl } = options;
  const routesOf = (store: PictureStore) => ({ [path]: servePictures(store, options) });
  if (bucket) {
    const store = await openBucketStore(bucket);
    return { store, routes: routesOf(store) };
  }
  const store = folderStore(folder, (token) => publicUrl(`uploads/${token}`));
  return {
    store,
    routes: { ...routesOf(store), [`${path}uploads/`]: receivePictures(store, options) },
  };
};
