/** Uploading a picture, as use cases know it: nothing here reads, writes or decodes. */

/** How many bytes a picture may have before it is shaped. */
export const largestUpload = 5 * 1024 * 1024;

/** How long an invitation is good. */
export const uploadSeconds = 10 * 60;

/** For how long a file may be written after it was announced: far longer than any upload takes. */
export const patienceSeconds = 60 * 60;

/** Where what was uploaded, and not looked at yet, lies. */
export const uploadKey = (uploadId: string): string => `uploads/${uploadId}`;

/** How a client sends a picture: a multipart form with these fields, and last the file, as `file`. */
export type UploadForm = {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};

/** Port. Where the files are kept: a folder, or a bucket. Keys are a folder's name and a file's. */
export type PictureStore = {
  /** `token` admits one upload for ten minutes, where the store is not asked by S3's own signature. */
  invite(upload: { readonly id: string; readonly token: string }): Promise<UploadForm>;
  /** Null when there is no such file. */
  read(key: string, atMost: number): Promise<Uint8Array | 'TOO_LARGE' | null>;
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** Does nothing when there is none. */
  remove(key: string): Promise<void>;
};

/** Why nothing was made of a picture. */
export type ShapeRefusal = 'TOO_LARGE' | 'UNSUPPORTED_IMAGE';
export type UploadRefusal = 'NOT_FOUND' | 'NOT_UPLOADED' | ShapeRefusal;

type Upload<Shaped> = {
  readonly id: string;
  readonly store: PictureStore;
  /** Whether whoever asks may confirm it now. */
  readonly isInvited: () => Promise<boolean>;
  /** True for the first alone who confirms it. */
  readonly take: () => Promise<boolean>;
  readonly shape: (bytes: Uint8Array) => Promise<Shaped | ShapeRefusal>;
};

/** What has become of an upload that somebody confirms; it is confirmed once, whatever comes of it. */
export const lookAtUpload = async <Shaped>(
  upload: Upload<Exclude<Shaped, string>>,
): Promise<Exclude<Shaped, string> | UploadRefusal> => {
  const { id, store, isInvited, take, shape } = upload;
  if (!(await isInvited())) return 'NOT_FOUND';
  const uploaded = await store.read(uploadKey(id), largestUpload);
  if (uploaded === null) return 'NOT_UPLOADED';
  // Before anything costly: many who confirm it at once are one.
  if (!(await take())) return 'NOT_FOUND';
  // The original may say where it was taken: it goes now, and not when it is due.
  await store.remove(uploadKey(id));
  return uploaded === 'TOO_LARGE' ? uploaded : shape(uploaded);
};
