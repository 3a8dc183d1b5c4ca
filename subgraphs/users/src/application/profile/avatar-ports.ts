import type { Instant } from '@emporium/domain';
import type { ShapeRefusal } from '@emporium/pictures/uploads';

/** Where the pictures that are shown lie. */
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

/** Makes of what somebody uploaded the picture that is shown: WebP, 512 × 512, and nothing else that was in the file. */
export type AvatarShaper = (bytes: Uint8Array) => Promise<Uint8Array | ShapeRefusal>;
