import type { Instant } from '@emporium/domain';

/** How many bytes a picture may have before it is shaped. */
export const largestUpload = 5 * 1024 * 1024;

export const uploadSeconds = 10 * 60;

/** Where files lie: what was uploaded and not looked at, and what is shown. */
export const uploadKey = (uploadId: string): string => `uploads/${uploadId}`;
export const avatarKey = (fileId: string): string => `avatars/${fileId}.webp`;

/**
 * Avatars in one transaction. A file is doomed before it is written and spared when it becomes somebody's avatar, so that
 * none is forgotten wherever the process ends.
 */
export type Avatars = {
  /** Takes the place of the invitation before, and dooms the file that is to come. Answers when it ends. */
  invite(userId: string, upload: { readonly id: string; readonly fingerprint: string }): Promise<Instant>;
  /** Whether this user may confirm this upload now. */
  isInvited(userId: string, uploadId: string): Promise<boolean>;
  /** True for the first alone who confirms it. */
  take(userId: string, uploadId: string): Promise<boolean>;
  /** Ends an invitation; false when there is none such. */
  endInvitation(userId: string, uploadId: string): Promise<boolean>;
  /** Dooms a file that is about to be written. */
  announce(key: string): Promise<void>;
  /** Shows the user with this file, which is spared; the one before is due. */
  show(userId: string, fileId: string): Promise<void>;
  /** Shows no picture of the user any more, and ends their invitation. */
  erase(userId: string): Promise<void>;
  /** Strikes off a file that is removed. */
  forget(key: string): Promise<void>;
};

/** How a client sends a picture: a multipart form with these fields, and last the file, as `file`. */
export type UploadForm = {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};

/** Where the files are kept: a folder, or a bucket. */
export type AvatarStore = {
  /** `token` admits one upload for ten minutes, where the store is not asked by S3's own signature. */
  invite(upload: { readonly id: string; readonly token: string }): Promise<UploadForm>;
  /** Null when there is no such file. */
  read(key: string, atMost: number): Promise<Uint8Array | 'TOO_LARGE' | null>;
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** Does nothing when there is none. */
  remove(key: string): Promise<void>;
};

/** Makes of what somebody uploaded the picture that is shown: WebP, 512 × 512, and nothing else that was in the file. */
export type AvatarShaper = (bytes: Uint8Array) => Promise<Uint8Array | 'TOO_LARGE' | 'UNSUPPORTED_IMAGE'>;
